package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of {@link CorePackages}, on the classes as built; and each on a class that breaks it. */
class CorePackagesTest {
    private static final String ROOT = "org.reassign.core";
    private static final CorePackages CORE = new CorePackages(ROOT);
    /** About two thirds of what is there, so that no rule passes because it sees nothing. */
    private static final Map<String, Integer> AT_LEAST = Map.ofEntries(
            Map.entry("decide", 12),
            Map.entry("image", 40),
            Map.entry("ledger", 12),
            Map.entry("store", 30),
            Map.entry("observe", 7),
            Map.entry("command", 6),
            Map.entry("lead", 35),
            Map.entry("client", 12),
            Map.entry("plugin", 12),
            Map.entry("meter", 10),
            Map.entry("memory", 8),
            Map.entry("throttle", 8),
            Map.entry("packet", 1));

    private static final CorePackages BROKEN = new CorePackages("org.reassign.it.violations");
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(BROKEN.root());

    @Test
    void enoughClassesAreSeenInEachPackage() {
        assertThat(AT_LEAST.keySet()).containsAll(CorePackages.USES.keySet());
        AT_LEAST.forEach((name, least) -> assertThat(ArchitectureTest.CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + "." + name)))
                .as(name)
                .hasSizeGreaterThanOrEqualTo(least));
        holds(CORE.areAllKnown());
        assertThat(reportOn(BROKEN.areAllKnown())).contains("extra.NewPackage");
    }

    @Test
    void eachPackageUsesOnlyTheOthersThatItIsAllowed() {
        CorePackages.USES.forEach((name, others) -> holds(CORE.uses(name, others)));
        assertThat(reportOn(BROKEN.uses("decide", Set.of()))).contains("ImpureDecision.controller");
    }

    @Test
    void noPackageIsAllowedAnotherThatItDoesNotUse() {
        CorePackages.USES.forEach((name, others) -> others.forEach(other -> {
            Set<String> fewer =
                    others.stream().filter(one -> !one.equals(other)).collect(Collectors.toUnmodifiableSet());
            assertThat(CORE.uses(name, fewer).evaluate(ArchitectureTest.CLASSES).hasViolation())
                    .as(name + " uses " + other)
                    .isTrue();
        }));
    }

    @Test
    void commandUsesOnlyTheFenceOfStore() {
        holds(CORE.commandUsesOnlyTheFenceOfStore());
        assertThat(reportOn(BROKEN.commandUsesOnlyTheFenceOfStore())).contains("WritingCommand");
    }

    @Test
    void onlyProgramsUseLead() {
        holds(CORE.onlyProgramsUseLead());
        assertThat(reportOn(BROKEN.onlyProgramsUseLead())).contains("ImpureDecision.controller");
    }

    @Test
    void imageLedgerAndDecisionsArePure() {
        CORE.arePure().forEach(CorePackagesTest::holds);
    }

    @Test
    void everyImpurityIsFound() {
        String report = reportOn(BROKEN.isPure("decide"));
        assertThat(VIOLATIONS.get(BROKEN.root() + ".decide.ImpureDecision").getMethods())
                .hasSize(19)
                .allSatisfy(method -> assertThat(report).contains("ImpureDecision." + method.getName() + "("));
    }

    @Test
    void onlyTheStoreAndTheElectionWrite() {
        holds(CORE.onlyTheStoreAndTheElectionWrite());
        assertThat(reportOn(BROKEN.onlyTheStoreAndTheElectionWrite()))
                .contains("DirectWrite.calls(")
                .contains("DirectWrite.refers(");
    }

    @Test
    void noClassTakesMoreThanSevenCollaborators() {
        holds(CORE.haveFewCollaborators());
        assertThat(reportOn(BROKEN.haveFewCollaborators()))
                .contains("EightCollaborators")
                .contains("takes 8");
    }

    private static void holds(ArchRule rule) {
        rule.check(ArchitectureTest.CLASSES);
    }

    private static String reportOn(ArchRule rule) {
        return String.join("\n", rule.evaluate(VIOLATIONS).getFailureReport().getDetails());
    }
}
