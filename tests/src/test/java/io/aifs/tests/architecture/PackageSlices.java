package io.aifs.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** One slice per package; the client's API and what stands behind it are one. */
final class PackageSlices implements SliceAssignment {
  private static final String CLIENT = "io.aifs.client";

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    String name = type.getPackageName();
    return SliceIdentifier.of(name.startsWith(CLIENT) ? CLIENT : name);
  }

  @Override
  public String getDescription() {
    return "packages";
  }
}
