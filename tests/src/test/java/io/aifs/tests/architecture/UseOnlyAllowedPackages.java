package io.aifs.tests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class keeps to the table of {@link ModuleArrows}. */
final class UseOnlyAllowedPackages extends ArchCondition<JavaClass> {
  UseOnlyAllowedPackages() {
    super("use only what ModuleArrows allows");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (Dependency use : type.getDirectDependenciesFromSelf()) {
      JavaClass target = use.getTargetClass().getBaseComponentType();
      if (target.getPackageName().startsWith("io.aifs")
          && !ModuleArrows.allows(type.getPackageName(), target.getPackageName())) {
        events.add(SimpleConditionEvent.violated(use, use.getDescription()));
      }
    }
  }
}
