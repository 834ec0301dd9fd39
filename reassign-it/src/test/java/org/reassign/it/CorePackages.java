package org.reassign.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;

/**
 * The rules for the packages of the core.
 *
 * @param root the package that holds them: the core, or the violations that prove that each rule can fail
 */
record CorePackages(String root) {
    /** Each package to the others that it uses; the API is open to all, and {@code lead} may use all. */
    static final Map<String, Set<String>> USES = Map.ofEntries(
            Map.entry("decide", Set.of()),
            Map.entry("image", Set.of("decide")),
            Map.entry("ledger", Set.of("decide")),
            Map.entry("store", Set.of("packet")),
            Map.entry("observe", Set.of("image", "store")),
            Map.entry("command", Set.of("store")),
            Map.entry("client", Set.of("ledger", "store", "observe", "plugin")),
            Map.entry("plugin", Set.of()),
            Map.entry("meter", Set.of()),
            Map.entry("memory", Set.of("packet")),
            Map.entry("throttle", Set.of("store", "packet")),
            Map.entry("packet", Set.of()));

    private static final int MOST_COLLABORATORS = 7;
    private static final String[] PURE_LIBRARIES = {
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "org.pcollections",
        "org.reassign.api.model..",
        "org.reassign.api.spi.."
    };
    private static final Class<?>[] IMPURE = {
        System.class,
        Runtime.class,
        Process.class,
        ProcessBuilder.class,
        Thread.class,
        ThreadLocal.class,
        ClassLoader.class,
        java.util.Random.class,
        java.util.SplittableRandom.class,
        java.util.Date.class,
        java.util.Calendar.class,
        java.util.Timer.class,
        java.util.TimerTask.class,
        java.util.Scanner.class,
        java.util.Formatter.class,
        Timers.class,
        IsrWatcher.class,
        BrokerGateway.class,
        Lab.class
    };
    private static final Map<Class<?>, Set<String>> IMPURE_METHODS = Map.of(
            Math.class, Set.of("random"),
            StrictMath.class, Set.of("random"),
            java.util.UUID.class, Set.of("randomUUID"),
            java.util.Collections.class, Set.of("shuffle"),
            java.util.Collection.class, Set.of("parallelStream"),
            Integer.class, Set.of("getInteger"),
            Long.class, Set.of("getLong"),
            Boolean.class, Set.of("getBoolean"),
            Throwable.class, Set.of("printStackTrace"),
            Object.class, Set.of("wait", "notify", "notifyAll"));

    private String in(String name) {
        return root + "." + name + "..";
    }

    /** This package uses of the core no others than these. */
    ArchRule uses(String name, Set<String> others) {
        String[] allowed =
                Stream.concat(Stream.of(name), others.stream()).map(this::in).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + "..").and(resideOutsideOfPackages(allowed)));
    }

    /** A package that is new has no rule here. */
    ArchRule areAllKnown() {
        String[] known = Stream.concat(USES.keySet().stream(), Stream.of("lead"))
                .map(this::in)
                .toArray(String[]::new);
        return classes().that().resideInAPackage(root + "..").should().resideInAnyPackage(known);
    }

    /** Commands carry the fence's epoch and write nothing. */
    ArchRule commandUsesOnlyTheFenceOfStore() {
        return noClasses()
                .that()
                .resideInAPackage(in("command"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(in("store"))
                        .and(not(describe("Fence", type -> type.getSimpleName().equals("Fence")))));
    }

    /** Only programs use the controller. */
    ArchRule onlyProgramsUseLead() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("lead"), "org.reassign.cli..", "org.reassign.simulation..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("lead"));
    }

    /** No clock, random, environment, system property, thread, logger or I/O; of ZooKeeper only this value, if any. */
    ArchRule isPure(String name, Class<?>... values) {
        DescribedPredicate<JavaClass> pure = or(
                resideInAnyPackage(PURE_LIBRARIES),
                resideInAnyPackage(
                        Stream.of("decide", "image", "ledger").map(this::in).toArray(String[]::new)),
                describe("a primitive", JavaClass::isPrimitive),
                describe("an array", JavaClass::isArray),
                oneOf(values));
        return noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat(not(pure).or(oneOf(IMPURE)))
                .orShould()
                .accessTargetWhere(describe("an impure method", CorePackages::isImpure));
    }

    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        List<String> names = Stream.of(types).map(Class::getName).toList();
        return describe(
                "one of " + names,
                type -> names.contains(type.getName())
                        || type.getEnclosingClass()
                                .filter(outer -> names.contains(outer.getName()))
                                .isPresent());
    }

    private static boolean isImpure(JavaAccess<?> access) {
        return IMPURE_METHODS.entrySet().stream()
                .anyMatch(method -> access.getTargetOwner().isAssignableTo(method.getKey())
                        && method.getValue().contains(access.getName()));
    }

    /** Everything is written by the store, but for leadership, a client's requests and the ports that wrap others. */
    ArchRule onlyTheStoreAndTheElectionWrite() {
        Set<String> writers = Set.of(
                root + ".store.Sending",
                root + ".lead.Election",
                root + ".lead.Leadership",
                root + ".lead.WatchedPort",
                root + ".client.ClientSession", // a check, which writes nothing, to catch up with the server
                root + ".client.KeptAnswerReader",
                root + ".client.RequestRoots",
                root + ".client.Submission",
                root + ".meter.MeteredPort",
                root + ".memory.MemorySession");
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(not(describe("writers", type -> writers.contains(type.getName()))))
                .should()
                .accessTargetWhere(describe(
                        "ZkPort.commit",
                        access -> access.getTargetOwner().isAssignableTo(ZkPort.class)
                                && access.getName().equals("commit")));
    }

    /** A constructor has few parameters, except a record's, whose parameters are its content. */
    ArchRule haveFewCollaborators() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .areNotRecords()
                .and()
                .areNotAnonymousClasses()
                .should(new ArchCondition<>("take at most " + MOST_COLLABORATORS + " collaborators") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getConstructors().forEach(constructor -> {
                            int taken = constructor.getRawParameterTypes().size();
                            events.add(new SimpleConditionEvent(
                                    constructor,
                                    taken <= MOST_COLLABORATORS,
                                    constructor.getFullName() + " takes " + taken));
                        });
                    }
                });
    }

    /** Purity of the three packages that are. */
    List<ArchRule> arePure() {
        return List.of(isPure("decide"), isPure("ledger"), isPure("image", ZkSnapshot.class));
    }
}
