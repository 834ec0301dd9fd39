package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal.Code;

/** The faults of an entry, in every channel: it is refused in a sentence, and the entry beside it goes on. */
class BadEntriesTest {
    private static final String TARGETS = "/admin/reassignment_targets";
    private static final String LEGACY = "/admin/reassign_partitions";
    private static final List<String> VALUE_FIRST = List.of("notify-names", "notify-scan");

    /** One entry: JSON of what it wants, what it is refused with, and what the sentence must show beside the path. */
    private record Entry(String topic, int partition, String replicas, Code code, String shown) {
        String name() {
            return topic + "-" + partition;
        }
    }

    private static final List<Entry> FAULTY = List.of(
            new Entry("nope", 0, "[0,1]", Code.UNKNOWN_TOPIC, "'nope'"),
            new Entry("t", 7, "[0,1]", Code.UNKNOWN_PARTITION, "7"),
            new Entry("going", 0, "[1,2]", Code.TOPIC_BEING_DELETED, "'going'"),
            new Entry("t", 0, "[]", Code.EMPTY_REPLICAS, "[]"),
            new Entry("t", 0, "[1,2,1]", Code.DUPLICATE_BROKERS, "[1,2,1]"),
            new Entry("t", 0, "[1,-5]", Code.NEGATIVE_BROKER, "-5"),
            new Entry("t", 0, "[0,9]", Code.UNREGISTERED_BROKER, "9"),
            new Entry("t", 0, "\"all\"", Code.WRONG_TYPE, "all"),
            new Entry("t", 0, "[1,\"2\"]", Code.WRONG_TYPE, "\"2\""),
            new Entry("t", 0, "[1,2.5]", Code.WRONG_TYPE, "2.5"),
            new Entry("t", 0, "null", Code.NOT_IN_FLIGHT, "cancel"));

    @TestFactory
    Stream<DynamicTest> isRefusedAndTheOneBesideItGoesOn() {
        return Stream.of("payload", "legacy", "notify-names", "notify-scan")
                .flatMap(channel -> FAULTY.stream()
                        .filter(entry -> !channel.equals("legacy") || entry.code() != Code.NOT_IN_FLIGHT)
                        .map(entry -> dynamicTest(channel + ": " + entry.name() + " " + entry.replicas(), () -> {
                            SmallCluster cluster = new SmallCluster(channel);
                            String path = cluster.write(channel, entry.topic(), entry.partition(), entry.replicas());
                            cluster.ends();
                            cluster.refuses(entry.name(), entry.code(), path, entry.shown());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> whatOnlySomeChannelsCanSay() {
        String good = "{\"topic\":\"u\",\"partition\":0,\"replicas\":[1,2]}";
        return Stream.of(
                dynamicTest("payload: named twice", () -> {
                    SmallCluster cluster = new SmallCluster("payload");
                    String path = cluster.request("{\"version\":1,\"kind\":\"payload\",\"assignments\":"
                            + "{\"t\":{\"0\":[1,2],\"0\":[2,1]},\"u\":{\"0\":[1,2]}}}");
                    cluster.ends();
                    cluster.refuses("t-0", Code.DUPLICATE_PARTITION, path, "twice");
                }),
                dynamicTest("legacy: named twice", () -> {
                    SmallCluster cluster = new SmallCluster("legacy");
                    cluster.legacy("{\"topic\":\"t\",\"partition\":0,\"replicas\":[1,2]},"
                            + "{\"topic\":\"t\",\"partition\":0,\"replicas\":[2,1]}," + good);
                    cluster.ends();
                    cluster.refuses("t-0", Code.DUPLICATE_PARTITION, LEGACY, "twice");
                }),
                dynamicTest("legacy: log_dirs", () -> {
                    SmallCluster cluster = new SmallCluster("legacy");
                    cluster.legacy("{\"topic\":\"t\",\"partition\":0,\"replicas\":[1,2],\"log_dirs\":[\"any\",\"/d\"]},"
                            + good);
                    cluster.ends();
                    cluster.refuses("t-0", Code.LOG_DIRS, LEGACY, "/d");
                }));
    }

    @TestFactory
    Stream<DynamicTest> aWholeThatCannotBeReadDoesNotBlockTheRest() {
        return Stream.of("garbage", "{\"version\":2,\"kind\":\"payload\",\"assignments\":{\"t\":{\"0\":[1,2]}}}")
                .map(text -> dynamicTest("payload: " + text, () -> {
                    SmallCluster cluster = new SmallCluster("payload");
                    String path = cluster.request(text);
                    cluster.write("payload", "u", 0, "[1,2]");
                    cluster.ends();
                    cluster.refuses(
                            path.substring(path.lastIndexOf('/') + 1),
                            text.equals("garbage") ? Code.NOT_JSON : Code.UNSUPPORTED_VERSION,
                            path,
                            "");
                }));
    }

    @Test
    void aLegacyZnodeThatIsNotJsonIsReportedAndLeft() {
        SmallCluster cluster = new SmallCluster("legacy");
        cluster.create(LEGACY, "garbage");
        cluster.write("payload", "u", 0, "[1,2]");
        cluster.passes();
        assertThat(cluster.read(LEGACY)).isEqualTo("garbage");
        cluster.remove(LEGACY);
        cluster.ends();
        cluster.refuses("reassign_partitions", Code.NOT_JSON, LEGACY, "");
    }

    @TestFactory
    Stream<DynamicTest> aTargetThatCannotBeReadDoesNotBlockTheRest() {
        return VALUE_FIRST.stream()
                .flatMap(channel -> Stream.of("garbage", "{\"version\":2,\"replicas\":[1,2]}")
                        .map(text -> dynamicTest(channel + ": " + text, () -> {
                            SmallCluster cluster = new SmallCluster(channel);
                            cluster.target("t", 0, text);
                            cluster.write(channel, "u", 0, "[1,2]");
                            cluster.ends();
                            cluster.refuses(
                                    "t-0",
                                    text.equals("garbage") ? Code.NOT_JSON : Code.UNSUPPORTED_VERSION,
                                    TARGETS + "/t/0",
                                    "");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> whatIsThereAlreadyIsNotWritten() {
        return Stream.of("payload", "legacy", "notify-names", "notify-scan")
                .map(channel -> dynamicTest(channel, () -> {
                    SmallCluster cluster = new SmallCluster(channel);
                    cluster.write(channel, "t", 0, "[0,1]");
                    cluster.ends();
                    assertThat(cluster.answer("t-0").outcome()).isEqualTo(Outcome.UNCHANGED);
                    assertThat(cluster.version("/brokers/topics/t")).isZero();
                    assertThat(cluster.version("/brokers/topics/t/partitions/0/state"))
                            .isZero();
                }));
    }

    @TestFactory
    Stream<DynamicTest> anotherOrderIsOneWriteOfTheTopicAndNoneOfState() {
        return Stream.of("payload", "legacy", "notify-names", "notify-scan")
                .map(channel -> dynamicTest(channel, () -> {
                    SmallCluster cluster = new SmallCluster(channel);
                    cluster.write(channel, "t", 0, "[1,0]");
                    cluster.ends();
                    assertThat(cluster.answer("t-0").outcome()).isEqualTo(Outcome.COMPLETED);
                    assertThat(cluster.read("/brokers/topics/t")).contains("\"0\":[1,0]");
                    assertThat(cluster.version("/brokers/topics/t")).isOne();
                    assertThat(cluster.version("/brokers/topics/t/partitions/0/state"))
                            .isZero();
                }));
    }
}
