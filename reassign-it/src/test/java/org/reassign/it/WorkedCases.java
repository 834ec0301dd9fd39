package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.it.WorkedCase.steps;
import static org.reassign.it.WorkedCase.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.RunReport;

/** The worked cases of the protocol, section 8, for any combination; case 17 has tests of its own. */
final class WorkedCases {
    private static final String SETTLED = "await: settled";
    private static final String IN_FLIGHT = "await: {inFlight: [t-0]}";

    private WorkedCases() {}

    static List<WorkedCase> all() {
        List<WorkedCase> all = new ArrayList<>(ofOnePartition());
        all.addAll(ofRetargets());
        all.addAll(ofRequests());
        all.addAll(ofDeadBrokers());
        return all;
    }

    private static List<WorkedCase> ofOnePartition() {
        return List.of(
                WorkedCase.of(
                        "1: target first while it waits, then the target alone",
                        topic("[1,2,3]") + steps("request: {t-0: [4,5,6]}", SETTLED) + ends("[4,5,6]"),
                        (choice, run) -> {
                            assertThat(run.steps()).contains("t-0 G1 target [4,5,6], assigned [4,5,6,1,2,3]");
                            assertThat(drops(run)).isEmpty();
                            assertHolders(run, 4, 5, 6);
                        }),
                WorkedCase.of(
                        "2: adds 5 and removes 1",
                        topic("[1,2,3,4]") + steps("request: {t-0: [4,2,5,3]}", SETTLED) + ends("[4,2,5,3]"),
                        (choice, run) -> {
                            assertThat(run.steps()).contains("t-0 G1 target [4,2,5,3], assigned [4,2,5,3,1]");
                            assertHolders(run, 2, 3, 4, 5);
                        }),
                WorkedCase.of(
                        "3: another order is one topic write and is not listed",
                        topic("[1,2,3]") + steps("request: {t-0: [3,1,2]}", SETTLED) + ends("[3,1,2]", "completed"),
                        (choice, run) -> {
                            assertThat(run.steps())
                                    .singleElement()
                                    .asString()
                                    .startsWith("t-0 A4 accepted [3,1,2] from ");
                            assertThat(written(run, ZnodeKind.TOPIC)).isEqualTo(1);
                            assertThat(written(run, ZnodeKind.RECORD) + written(run, ZnodeKind.STATE))
                                    .isZero();
                        }),
                WorkedCase.of(
                        "14: what only grows has no shrink phase",
                        topic("[1,2]") + steps("request: {t-0: [1,2,3]}", SETTLED) + ends("[1,2,3]"),
                        (choice, run) -> assertThat(run.steps()).noneMatch(step -> step.contains(" S1 "))),
                WorkedCase.of(
                        "14: what only shrinks has no grow phase",
                        topic("[1,3]") + steps("request: {t-0: [3]}", SETTLED) + ends("[3]"),
                        (choice, run) -> assertThat(run.steps()).noneMatch(step -> step.contains(" G2 "))),
                WorkedCase.of(
                        "15: the leader moves before its replica is stopped",
                        topic("[0,1]") + steps("request: {t-0: [1,2]}", SETTLED) + ends("[1,2]"),
                        (choice, run) -> {
                            assertThat(run.report().partitions().get(0).leader())
                                    .isEqualTo(1);
                            assertThat(run.steps()).contains("t-0 S1 leader 1, isr [1,2], epoch 2");
                            assertHolders(run, 1, 2);
                        }));
    }

    private static List<WorkedCase> ofRetargets() {
        String inFlight = "request: {t-0: [4,5,6]}";
        return List.of(
                WorkedCase.of(
                        "4 and 9: all of the target before goes, unless all is kept",
                        topic("[0,1,2]")
                                + steps("hold: [t-0@3, t-0@4, t-0@5]", "request: {t-0: [3,4,5]}", IN_FLIGHT)
                                + "  - request: {t-0: [6,7,8]}\n  - " + SETTLED + "\n" + ends("[6,7,8]"),
                        (choice, run) -> {
                            assertThat(drops(run)).isEqualTo(keepsAll(choice) ? List.of() : List.of(3, 4, 5));
                            assertHolders(run, 6, 7, 8);
                        }),
                WorkedCase.of(
                                "5: a cancel ends with the original, and the rest is deleted",
                                topic("[1,2,3]")
                                        + steps("hold: [t-0@4]", inFlight, IN_FLIGHT, "request: {t-0: null}", SETTLED)
                                        + ends("[1,2,3]", "cancelled, completed"),
                                (choice, run) -> assertHolders(run, 1, 2, 3))
                        .where(choice -> !legacy(choice)),
                WorkedCase.of(
                        "5: a retarget to the original ends like a cancel",
                        topic("[1,2,3]")
                                + steps("hold: [t-0@4]", inFlight, IN_FLIGHT, "request: {t-0: [1,2,3]}", SETTLED)
                                + ends("[1,2,3]", "superseded, completed"),
                        (choice, run) -> assertHolders(run, 1, 2, 3)),
                WorkedCase.of(
                        "6: what both targets hold is never dropped and is copied once",
                        topic("[0,1,2]")
                                + steps("hold: [t-0@3]", "request: {t-0: [1,2,3]}", IN_FLIGHT)
                                + "  - request: {t-0: [2,3,4]}\n  - release: all\n  - " + SETTLED + "\n"
                                + ends("[2,3,4]"),
                        (choice, run) -> {
                            assertThat(drops(run)).doesNotContain(3);
                            if (choice.dropPolicy().equals("prefer-in-sync")) {
                                assertThat(drops(run)).isEmpty();
                            }
                            assertThat(run.report().cost().brokers().bytesCopied())
                                    .isEqualTo(2_000_000);
                        }),
                WorkedCase.of(
                        "7: a chain ends with its last; who was let go of holds nothing by then",
                        topic("[0]")
                                + steps("hold: [t-0@1, t-0@2]", "request: {t-0: [1]}", "request: {t-0: [2]}")
                                + "  - sleep: 1s\n  - request: {t-0: [3]}\n  - " + SETTLED + "\n"
                                + ends("[3]", "superseded, superseded, completed"),
                        (choice, run) -> {
                            if (choice.dropPolicy().equals("originals")) {
                                assertThat(run.rests().get(0).get(1)).isEmpty();
                            }
                            assertHolders(run, 3);
                        }),
                WorkedCase.of(
                        "10: nothing is dropped where only one of the original is in sync",
                        topic("[0,1]")
                                + steps("hold: [t-0@1]", "request: {t-0: [1]}", IN_FLIGHT, "request: {t-0: [0,2]}")
                                + "  - release: all\n  - " + SETTLED + "\n" + ends("[0,2]"),
                        (choice, run) -> assertThat(drops(run)).isEmpty()));
    }

    private static List<WorkedCase> ofRequests() {
        String four = "topics: {t: {partitions: {0: [0,1], 1: [0,1], 2: [0,1], 3: [0,1]}, bytesPerPartition: 1MB}}\n";
        String twelve = topic("[0,4]") + steps("kill: controller", "request: {t-0: [2,1]}\n    via: legacy")
                + "  - request: {t-0: [1,3]}\n  - start: controller\n  - " + SETTLED + "\n";
        return List.of(
                WorkedCase.of(
                                "11: of one request three entries are done and the idle cancel is refused",
                                four
                                        + steps(
                                                "hold: [t-0@2, t-1@2]",
                                                "request: {t-0: [1,2], t-1: [1,2]}",
                                                "await: {inFlight: [t-0, t-1]}",
                                                "request: {t-0: null, t-1: [3,4], t-2: [5,6], t-3: null}",
                                                SETTLED)
                                        + "expect:\n  replicas: {t-0: [0,1], t-1: [3,4], t-2: [5,6], t-3: [0,1]}\n"
                                        + "  answers: {t-0: [cancelled, completed], t-1: [superseded, completed],"
                                        + " t-2: [completed], t-3: [refused]}\n",
                                (choice, run) -> assertThat(run.report().answers())
                                        .filteredOn(answer -> answer.code() != null)
                                        .extracting(RunReport.AnswerReport::code)
                                        .containsExactly("not-in-flight"))
                        .where(choice -> !legacy(choice)),
                WorkedCase.of(
                                "12: written while nobody leads, the request is refused as it would be live",
                                twelve + ends("[2,1]", "completed, refused"),
                                (choice, run) -> assertHolders(run, 1, 2))
                        .where(choice ->
                                !legacy(choice) && choice.conflictPolicy().equals("refuse-cross-mechanism")),
                WorkedCase.of(
                                "12: written while nobody leads, the later one wins as it would live",
                                twelve + ends("[1,3]", "superseded, completed"),
                                (choice, run) -> assertHolders(run, 1, 3))
                        .where(choice ->
                                !legacy(choice) && !choice.conflictPolicy().equals("refuse-cross-mechanism")),
                WorkedCase.of(
                        "13: an unknown topic and what is as it is leave the legacy znode, and nothing else is written",
                        "topics:\n  t: {partitions: {1: [0,1]}}\n  gone: {partitions: {0: [0,1]}}\n"
                                + steps("deleteTopic: gone", SETTLED, "request: {gone-0: [1,2], t-1: [0,1]}")
                                        .replace("t-1: [0,1]}", "t-1: [0,1]}\n    via: legacy")
                                + "  - " + SETTLED
                                + "\nexpect:\n  replicas: {t-1: [0,1]}\n"
                                + "  answers: {gone-0: [refused], t-1: [unchanged]}\n",
                        (choice, run) -> {
                            assertThat(List.of(ZnodeKind.RECORD, ZnodeKind.TOPIC, ZnodeKind.STATE))
                                    .allMatch(kind -> written(run, kind) == 0);
                            assertThat(written(run, ZnodeKind.LEGACY)).isPositive();
                        }));
    }

    private static List<WorkedCase> ofDeadBrokers() {
        String dies = topic("[0,1]") + steps("request: {t-0: [2,3]}", SETTLED, "start: {broker: 0}");
        return List.of(
                WorkedCase.of(
                        "8: a dead broker in the target stalls until it is back",
                        topic("[0,3]")
                                + steps("hold: [t-0@2]", "request: {t-0: [2,3]}", IN_FLIGHT, "kill: {broker: 3}")
                                + "  - release: all\n  - await: {inSync: {t-0: [2]}}\n  - " + IN_FLIGHT + "\n"
                                + "  - start: {broker: 3}\n  - " + SETTLED + "\n" + ends("[2,3]"),
                        (choice, run) -> assertHolders(run, 2, 3)),
                WorkedCase.of(
                                "16: who dies before it has answered StopReplica deletes when it is back",
                                dies + "  - " + SETTLED + "\n" + ends("[2,3]"),
                                (choice, run) -> assertHolders(run, 2, 3))
                        .with(OnStop.dies(0)),
                WorkedCase.of(
                                "16: a request that brings it back cancels the debt",
                                dies + "  - request: {t-0: [0,2]}\n  - " + SETTLED + "\n"
                                        + "expect: {replicas: {t-0: [0,2]}}\n",
                                (choice, run) -> assertHolders(run, 0, 2))
                        .with(OnStop.dies(0)));
    }

    private static String ends(String replicas) {
        return "expect: {replicas: {t-0: " + replicas + "}}\n";
    }

    private static String ends(String replicas, String answers) {
        return "expect: {replicas: {t-0: " + replicas + "}, answers: {t-0: [" + answers + "]}}\n";
    }

    private static boolean legacy(Choice choice) {
        return choice.channel().equals("legacy");
    }

    private static boolean keepsAll(Choice choice) {
        return choice.dropPolicy().equals("keep-all");
    }

    /** Brokers let go of before completion, in order. */
    private static List<Integer> drops(SimulatedRun.Result run) {
        return run.report().drops().stream()
                .map(RunReport.DropReport::broker)
                .sorted()
                .toList();
    }

    private static long written(SimulatedRun.Result run, ZnodeKind kind) {
        return run.report().cost().zookeeper().controller().of(kind).writes();
    }

    /** These brokers and no others have data of t-0 on disk. */
    private static void assertHolders(SimulatedRun.Result run, Integer... brokers) {
        SortedMap<Integer, SortedMap<TopicPartition, Long>> disks = run.disks();
        assertThat(disks.keySet().stream().filter(broker -> disks.get(broker).containsKey(new TopicPartition("t", 0))))
                .containsExactly(brokers);
    }
}
