package org.reassign.it;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.Evolving;
import org.reassign.api.Stable;

/** The lines between modules, held on the classes as built. */
class ArchitectureTest {
    private static final List<String> PLUGIN_MODULES = List.of(
            "storage-layouts",
            "isr-watchers",
            "drop-policies",
            "request-channels",
            "conflict-policies",
            "simulated-brokers",
            "kafka-brokers",
            "example-plugin");
    static final JavaClasses CLASSES = imported();

    private static JavaClasses imported() {
        Path top = Path.of("..").toAbsolutePath().normalize();
        List<Path> built = Stream.concat(
                        Stream.of("reassign-api", "reassign-core", "reassign-zk", "reassign-cli"),
                        Stream.concat(PLUGIN_MODULES.stream(), Stream.of("testkit", "simulation"))
                                .map(module -> "reassign-plugins/" + module))
                .map(module -> top.resolve(module).resolve("target/classes"))
                .toList();
        assertThat(built).allMatch(Files::isDirectory);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPaths(built);
    }

    @Test
    void enoughClassesAreSeen() {
        assertThat(CLASSES.size()).isGreaterThan(250);
        assertThat(CLASSES.stream().filter(c -> c.getPackageName().startsWith("org.reassign.plugin")))
                .hasSizeGreaterThan(40);
    }

    @Test
    void everyPublicTypeOfTheApiSaysHowStableItIs() {
        classes()
                .that()
                .resideInAPackage("org.reassign.api..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beAnnotatedWith(Stable.class)
                .orShould()
                .beAnnotatedWith(Evolving.class)
                .check(CLASSES);
    }

    @Test
    void theApiDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("org.reassign.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.reassign.core..",
                        "org.reassign.zk..",
                        "org.reassign.cli..",
                        "org.reassign.plugin..",
                        "org.reassign.testkit..",
                        "com.google..",
                        "org.apache..")
                .check(CLASSES);
    }

    @Test
    void noJacksonTypeIsInASignatureOfTheApi() {
        noClasses()
                .that()
                .resideInAPackage("org.reassign.api..")
                .and()
                .resideOutsideOfPackage("org.reassign.api.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("org.reassign.api.codec..")
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .should()
                .haveRawReturnType(resideInAPackage("com.fasterxml.."))
                .orShould()
                .haveRawParameterTypes(anyElementThat(resideInAPackage("com.fasterxml..")))
                .check(CLASSES);
    }

    @Test
    void theCoreDependsOnNoServerClientPluginOrTestkit() {
        noClasses()
                .that()
                .resideInAPackage("org.reassign.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.reassign.zk..",
                        "org.reassign.cli..",
                        "org.reassign.plugin..",
                        "org.reassign.testkit..",
                        "org.apache..")
                .check(CLASSES);
    }

    @Test
    void aPluginDependsOnTheApiAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.reassign.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.reassign.core..",
                        "org.reassign.zk..",
                        "org.reassign.cli..",
                        "org.reassign.testkit..",
                        "com.google..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.reassign.plugin..")
                .and()
                .resideOutsideOfPackage("org.reassign.plugin.kafkabrokers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache..")
                .check(CLASSES);
    }

    @Test
    void theTestkitDependsOnTheApiAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.reassign.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.reassign.core..", "org.reassign.zk..", "org.reassign.plugin..")
                .check(CLASSES);
    }
}
