package org.reassign.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;

/** Bytes copied and left, speed, time and verdict, from what brokers have told. */
class CopyArithmeticTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);

    /** {@code 0=100 2=40 3=}: the bytes that brokers have of the partition; none behind the sign, no replica. */
    private static DiskSnapshot disks(String told) {
        Map<Integer, DiskContent> answers = new TreeMap<>();
        for (String one : told.isBlank() ? new String[0] : told.strip().split(" +")) {
            String[] parts = one.split("=", -1);
            boolean failed = parts[1].equals("failed");
            List<DiskReplica> replicas = new ArrayList<>();
            if (!failed && !parts[1].isEmpty()) {
                replicas.add(new DiskReplica(ORDERS, Long.parseLong(parts[1]), 0, false));
            }
            replicas.add(new DiskReplica(ORDERS, 7, 0, true));
            answers.put(Integer.parseInt(parts[0]), new DiskContent(replicas, !failed));
        }
        return new DiskSnapshot(answers);
    }

    private static Replicas replicas(String ids) {
        return ids == null || ids.isEmpty()
                ? Replicas.NONE
                : Replicas.of(
                        Arrays.stream(ids.split("\\.")).map(Integer::valueOf).toArray(Integer[]::new));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # original, target, leader, isr,   told,            copied and left
            0.1,        2.3,    0,      0.1,   0=100 2=40 3=,   40 160
            0.1,        2.3,    0,      0.1.2, 0=100 3=30,      130 70
            0.1,        2.3,    0,      0.1.2.3, 0=100,         200 0
            0.1,        2.3,    0,      0.1,   0=100 2=40,      unknown
            0.1,        2.3,    0,      0.1,   2=40 3=,         unknown
            0.1,        2.3,    0,      0.1,   '',              unknown
            0.1,        2.3,    0,      0.1,   0=100 2=40 3=failed, unknown
            0.1,        2.3,    0,      0.1,   0=100 2=120 3=,  100 100
            0.1,        2.3,    0,      0.1,   0= 2= 3=,        0 0
            0.1,        0.2,    0,      0.1,   0=100 2=40,      40 60
            0.1,        0.1,    0,      0,     0=100 1=90,      90 10
            0.1,        0.1,    0,      0.1,   '',              0 0
            0.1,        2.3,    -1,     0.1,   0=100 2=40 3=,   unknown
            0.1,        2.3,    2,      2.3.1, 2=100,           200 0
            """)
    void whatIsCopiedAndLeft(String original, String target, int leader, String isr, String told, String expected) {
        CopyJob job = CopyJob.of(running(replicas(original), replicas(target), leader, replicas(isr)));

        assertThat(job.progress(disks(told))
                        .map(progress -> progress.copied() + " " + progress.left())
                        .orElse("unknown"))
                .isEqualTo(expected);
    }

    private static Reassignment running(Replicas original, Replicas target, int leader, Replicas isr) {
        ReassignmentRecord record = new ReassignmentRecord(
                ORDERS,
                target,
                original,
                Replicas.NONE,
                Mechanism.REQUEST,
                1,
                "r",
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
        return new Reassignment(
                record,
                target.append(original),
                leader < 0 ? OptionalInt.empty() : OptionalInt.of(leader),
                isr,
                0,
                List.of());
    }

    @Test
    void onlyBrokersThatMatterAreAsked() {
        CopyJob job = CopyJob.of(running(replicas("0.1"), replicas("2.3"), 0, replicas("0.1.2")));
        CopyJob done = CopyJob.of(running(replicas("0.1"), replicas("0.1"), 0, replicas("0.1")));

        assertThat(CopyJob.wanted(List.of(job, done))).isEqualTo(Map.of(0, Set.of(ORDERS), 3, Set.of(ORDERS)));
    }

    private static CopySpeed.Look look(double seconds, Object... progress) {
        Map<TopicPartition, CopyProgress> looked = new HashMap<>();
        for (int i = 0; i < progress.length; i += 3) {
            looked.put((TopicPartition) progress[i], new CopyProgress((Integer) progress[i + 1], (Integer)
                    progress[i + 2]));
        }
        return new CopySpeed.Look((long) (seconds * TimeUnit.SECONDS.toNanos(1)), looked);
    }

    @ParameterizedTest
    @CsvSource({
        // seconds, copied and left before, copied and left after, text, outrun
        "10, 0, 1000, 500, 500, '50 B/s, 10 s to go', false",
        "10, 0, 1000, 500, 600, '50 B/s, 15 s to go', false",
        "10, 0, 1000, 500, 1000, 50 B/s, false",
        "40, 0, 1000, 500, 1000, 13 B/s, true",
        "40, 0, 1000, 500, 2000, 13 B/s, true",
        "40, 500, 1000, 500, 1000, 0 B/s, false",
        "40, 500, 1000, 500, 2000, 0 B/s, false",
        "40, 0, 1000, 1000, 0, '25 B/s, 0 s to go', false",
        "0.1, 0, 1000, 500, 500, none, false",
        "10, 500, 0, 100, 900, none, false",
    })
    void speedTimeAndVerdict(
            double seconds, int copied, int left, int copiedThen, int leftThen, String text, boolean outrun) {
        Optional<CopySpeed> speed = CopySpeed.between(
                look(5, ORDERS, copied, left), look(5 + seconds, ORDERS, copiedThen, leftThen), Set.of(ORDERS));

        assertThat(speed.map(CopySpeed::toString).orElse("none")).isEqualTo(text);
        assertThat(speed.filter(CopySpeed::isOutrun)).matches(found -> found.isPresent() == outrun);
    }

    @Test
    void whatBeginsOrEndsBetweenTwoLooksIsNotCounted() {
        CopySpeed.Look first = look(0, ORDERS, 0, 100);
        CopySpeed.Look second = look(10, ORDERS, 50, 50, OTHER, 1_000, 1_000);

        assertThat(CopySpeed.between(first, second, Set.of(ORDERS, OTHER))).contains(new CopySpeed(10, 5, 5, 50));
        assertThat(CopySpeed.between(first, second, Set.of(OTHER))).isEmpty();
    }

    @Test
    void theSpeedIsThatOfTheLastMinute() {
        CopyHistory history = new CopyHistory();
        history.add(look(0, ORDERS, 0, 10_000));
        assertThat(history.speed(Set.of(ORDERS))).isEmpty();
        history.add(look(100, ORDERS, 5_000, 5_000));
        history.add(look(150, ORDERS, 5_500, 4_500));

        assertThat(history.speed(Set.of(ORDERS)).map(CopySpeed::copiedPerSecond))
                .contains(10.0);
        assertThat(history.newest()).containsEntry(ORDERS, new CopyProgress(5_500, 4_500));
    }

    @Test
    void aPlanSaysWhatEachBrokerSendsAndReceives() {
        PartitionDescription one = described(ORDERS, "0.1");
        CopyJob job = CopyJob.to(replicas("2.0.3"), one);

        PlannedBytes planned =
                PlannedBytes.of(List.of(job), disks("0=1000 2= 3=400")).orElseThrow();

        assertThat(planned.received()).isEqualTo(Map.of(2, 1_000L, 3, 600L));
        assertThat(planned.sent()).isEqualTo(Map.of(0, 1_600L));
        assertThat(planned.total()).isEqualTo(1_600);
        assertThat(planned.at(100)).isEqualTo(Duration.ofSeconds(16));
        assertThat(planned.at(1_000)).isEqualTo(Duration.ofSeconds(2));
        assertThat(PlannedBytes.of(List.of(job), disks("0=1000 2="))).isEmpty();
        assertThat(PlannedBytes.of(List.of(CopyJob.to(replicas("1.0"), one)), DiskSnapshot.NONE))
                .contains(new PlannedBytes(new TreeMap<>(), new TreeMap<>()));
    }

    private static PartitionDescription described(TopicPartition partition, String replicas) {
        return new PartitionDescription(
                partition,
                replicas(replicas),
                OptionalInt.of(replicas(replicas).ids().get(0)),
                replicas(replicas),
                Optional.empty(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "29999999, 30.0 MB",
        "5000000000, 5.0 GB",
        "7e18, 7000.0 PB",
    })
    void bytesForPeople(double bytes, String text) {
        assertThat(ByteCount.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "119, 119 s", "120, 2 min", "7199, 119 min", "7200, 2 h 0 min", "11100, 3 h 5 min"})
    void timesForPeople(long seconds, String text) {
        assertThat(CopySpeed.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 10", "0, 100, 0", "49, 51, 4", "99, 1, 9", "100, 0, 10"})
    void tenths(long copied, long left, int tenths) {
        assertThat(new CopyProgress(copied, left).tenths()).isEqualTo(tenths);
    }
}
