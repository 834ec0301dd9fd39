package org.reassign.core.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;

/**
 * Observations in, facts and what the image has become out, as lines of text. A znode is written {@code @czxid/version};
 * a partition with its record {@code 0:[2,3,0,1]->[2,3]}.
 */
final class ImageStory {
    private ClusterImage image = ClusterImage.EMPTY;
    /** What the term before the lost connection knew. */
    private ClusterImage earlier = ClusterImage.EMPTY;

    List<String> play(String event) {
        String[] words = event.split(" ");
        if (words[0].equals("disconnected")) {
            earlier = image;
            image = ClusterImage.EMPTY;
            return List.of();
        }
        ClusterImage before = image;
        Reconciled reconciled = Reconciler.reconcile(before, observation(words));
        image = reconciled.image();
        List<String> effects = new ArrayList<>();
        reconciled.facts().forEach(fact -> effects.add(text(fact)));
        if (!image.failed().equals(before.failed())) {
            effects.add("failed " + new TreeMap<>(image.failed()));
        }
        image.topics()
                .values()
                .forEach(topic -> topic.partitions().forEach((number, partition) -> {
                    TopicPartition of = new TopicPartition(topic.name(), number);
                    if (!before.partition(of).equals(Optional.of(partition))) {
                        effects.add(of + ": " + text(partition));
                    }
                }));
        return effects;
    }

    private Observation observation(String[] words) {
        return switch (words[0]) {
            case "listed" ->
                new Observation.TopicsListed(new TreeSet<>(List.of(words).subList(1, words.length)));
            case "topic" -> topic(words);
            case "state" -> state(words);
            case "brokers" -> brokers(words);
            case "resumes" -> new Observation.Resumed(new Known(earlier, untold(words)));
            case "begins" -> new Observation.AnnouncedUpTo(Long.parseLong(words[1]));
            case "storage-fails" -> new Observation.StorageFailed(Integer.parseInt(words[1]), of(words[2]));
            case "log-dir-fails" -> new Observation.LogDirFailed(Integer.parseInt(words[1]));
            case "written" -> written(words);
            case "failed" -> new Observation.Written(Map.of(), Map.of(), Map.of(of(words[1]), made(words)), Map.of());
            default -> throw new IllegalArgumentException("no such event: " + words[0]);
        };
    }

    private static Observation topic(String[] words) {
        String name = words[1].split("@")[0];
        if (words[2].equals("absent")) {
            return new Observation.TopicRead(name, new Seen.Absent<>(), Optional.of(Collections.emptySortedMap()));
        }
        long czxid = czxid(words[1]);
        int version = version(words[1]);
        if (words[2].equals("unreadable")) {
            return new Observation.TopicRead(name, new Seen.Unreadable<>(czxid, version), Optional.empty());
        }
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        for (String word : List.of(words).subList(2, words.length)) {
            int number = Integer.parseInt(word.split(":")[0]);
            String[] parts = word.split(":")[1].split("->");
            assigned.put(number, replicas(parts[0]));
            if (parts.length > 1) {
                record(new TopicPartition(name, number), parts[1]).ifPresent(record -> records.put(number, record));
            }
        }
        return new Observation.TopicRead(
                name, new Seen.Present<>(czxid, version, new TopicContent(assigned, Map.of())), Optional.of(records));
    }

    private static Observation state(String[] words) {
        TopicPartition partition = of(words[1].split("@")[0]);
        Seen<LeaderAndIsr> seen = switch (words[2]) {
            case "absent" -> new Seen.Absent<>();
            case "unreadable" -> new Seen.Unreadable<>(czxid(words[1]), version(words[1]));
            default -> new Seen.Present<>(czxid(words[1]), version(words[1]), leaderAndIsr(words[2], words[3]));
        };
        return new Observation.StateRead(partition, seen, 0);
    }

    private static Observation brokers(String[] words) {
        SortedMap<Integer, Broker> live = new TreeMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int id = Integer.parseInt(word.split("@")[0]);
            live.put(id, new Broker(id, Long.parseLong(word.split("@")[1]), List.of(), Optional.empty()));
        }
        return new Observation.BrokersRead(live);
    }

    /** Alternately a partition and brokers. */
    private static Map<TopicPartition, Replicas> untold(String... words) {
        Map<TopicPartition, Replicas> untold = new TreeMap<>();
        for (int i = 1; i < words.length; i += 2) {
            untold.put(of(words[i]), replicas(words[i + 1]));
        }
        return untold;
    }

    private Observation written(String[] words) {
        TopicPartition partition = of(words[1]);
        TopicSnapshot topic = image.topics().get(partition.topic()).snapshot();
        TopicSnapshot next = new TopicSnapshot(
                topic.topic(),
                topic.assigned(),
                topic.fields(),
                topic.version() + 1,
                topic.inFlight(),
                topic.records());
        return new Observation.Written(
                Map.of(partition, made(words)), Map.of(), Map.of(), Map.of(partition.topic(), next));
    }

    private PartitionState made(String[] words) {
        TopicPartition partition = of(words[1]);
        String[] parts = words[2].split("->");
        Optional<ReassignmentRecord> record = parts.length > 1 ? record(partition, parts[1]) : Optional.empty();
        PartitionState before = image.decidable(partition).orElseThrow();
        return new PartitionState(
                partition, replicas(parts[0]), record, before.state(), before.zkVersion(), Progress.IDLE);
    }

    private static Optional<ReassignmentRecord> record(TopicPartition partition, String target) {
        return target.equals("none")
                ? Optional.empty()
                : Optional.of(new ReassignmentRecord(
                        partition,
                        replicas(target),
                        Replicas.of(0, 1),
                        Replicas.NONE,
                        Mechanism.REQUEST,
                        1,
                        "request_0",
                        Optional.empty(),
                        Optional.empty(),
                        0));
    }

    private static LeaderAndIsr leaderAndIsr(String leader, String isr) {
        return new LeaderAndIsr(Integer.parseInt(leader), 0, 1, replicas(isr), Map.of());
    }

    private static TopicPartition of(String text) {
        return TopicPartition.parse(text).orElseThrow();
    }

    private static long czxid(String znode) {
        return Long.parseLong(znode.split("@")[1].split("/")[0]);
    }

    private static int version(String znode) {
        return Integer.parseInt(znode.split("/")[1]);
    }

    private static Replicas replicas(String text) {
        List<Integer> ids = new ArrayList<>();
        for (String id : text.replaceAll("[\\[\\]]", "").split(",")) {
            if (!id.isEmpty()) {
                ids.add(Integer.valueOf(id));
            }
        }
        return new Replicas(ids);
    }

    private static String text(Fact fact) {
        String all = fact.toString()
                .replaceAll("TopicImage\\[name=(\\w+),.*", "$1]")
                .replaceAll(
                        "ReassignmentRecord\\[partition=[^,]*, target=(\\[[^]]*\\]).*?sinceMillis=0, answer=Optional.empty\\]",
                        "$1")
                .replaceAll("Optional(\\[\\[[^]]*\\]\\])", "$1")
                .replaceAll("live=.*", "");
        return all.replaceFirst("\\[", " ").replaceFirst("\\]$", "");
    }

    private static String text(PartitionImage partition) {
        String state = partition.state().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        String records = partition.record().equals(partition.stored())
                ? ", record " + target(partition.record())
                : ", record " + target(partition.record()) + ", stored " + target(partition.stored());
        Progress progress = partition.progress();
        return "assigned " + partition.assigned() + records + ", state " + state
                + (progress.due().raise() ? ", epoch to be raised" : "")
                + (progress.overwritten().isEmpty() ? "" : ", overwritten " + progress.overwritten())
                + (progress.delivery().pending().isEmpty()
                        ? ""
                        : ", to be told " + progress.delivery().pending());
    }

    private static String target(Optional<ReassignmentRecord> record) {
        return record.map(r -> r.target().toString()).orElse("none");
    }
}
