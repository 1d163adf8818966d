# The JDK, and the class path of the Java benchmarks. Sourced.
# shellcheck shell=bash

# shellcheck source=../../scripts/find-java
source "$root/scripts/find-java"
java_home=$(find_java) || exit 1

# Builds what the benchmarks need if a source is newer than the last build; sets bench_java to the
# beginning of a command that runs one.
build_benchmarks() {
  local classpath=$root/bench/target/classpath
  if [[ ! -e $classpath ]] ||
    [[ -n $(find "$root"/{proto,schemas,aifs-*,bench}/{pom.xml,src/main,aifs} -newer "$classpath" -print -quit 2> /dev/null) ]]; then
    echo "bench/${0##*/}: building" >&2
    (cd "$root" && JAVA_HOME=$java_home MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
      mvn -q -B -pl bench -am package dependency:build-classpath -Dmdep.outputFile="$classpath.new" \
      -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true >&2)
    # Each module writes it in turn: only the last one's is whole.
    mv "$classpath.new" "$classpath"
  fi
  bench_java=("$java_home/bin/java" --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector
    --sun-misc-unsafe-memory-access=allow -Dfile.encoding=UTF-8 -Xmx2g
    -cp "$root/bench/target/classes:$(cat "$classpath")")
}
