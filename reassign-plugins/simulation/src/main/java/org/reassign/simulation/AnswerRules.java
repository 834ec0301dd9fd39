package org.reassign.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.AnswerJson;
import org.reassign.core.store.TopicReader;

/**
 * An entry whose outcome is to be kept has one answer, and the true one: it is written in the transaction in which the record
 * that follows the entry goes, or makes room for another, and nothing follows an entry that has its answer.
 */
public final class AnswerRules {
    private final StoredState stored;
    private final Map<String, Asked> asked = new HashMap<>();
    /** What was asked by these names has been assigned since, and at rest. */
    private final Set<String> reached = new HashSet<>();

    private Optional<String> broken = Optional.empty();

    private record Asked(
            TopicPartition partition,
            Optional<Replicas> target,
            boolean asValue,
            boolean mayBeOverwritten,
            boolean isForgotten) {
        Asked overwritten() {
            return new Asked(partition, target, asValue, true, isForgotten);
        }

        Asked forgotten() {
            return new Asked(partition, target, asValue, mayBeOverwritten, true);
        }
    }

    /** The rules for what is stored here. */
    public AnswerRules(StoredState stored) {
        this.stored = stored;
    }

    /**
     * A request is stored of which the outcomes are to be kept under this name.
     *
     * @param asValues whether the targets lie in znodes that a later request overwrites
     */
    public void asked(String name, Map<TopicPartition, Optional<Replicas>> targets, boolean asValues) {
        targets.forEach((partition, target) ->
                asked.put(KeptAnswer.path(name, partition), new Asked(partition, target, asValues, false, false)));
    }

    /** The values of these are written: what they asked for before may be gone before anybody has read it. */
    public void overwritten(Set<TopicPartition> partitions) {
        asked.replaceAll((path, entry) ->
                entry.asValue() && partitions.contains(entry.partition()) ? entry.overwritten() : entry);
    }

    /** An outsider has overwritten this topic, and with its records and targets what their requesters asked for. */
    public void forgets(String topic) {
        asked.replaceAll((path, entry) -> entry.partition().topic().equals(topic) ? entry.forgotten() : entry);
    }

    /** An outsider deletes this record; where it has just ended, its answer is written later, or not before a crash. */
    public void forgets(ReassignmentRecord record) {
        record.answer()
                .ifPresent(name -> asked.computeIfPresent(
                        KeptAnswer.path(name, record.partition()), (path, entry) -> entry.forgotten()));
    }

    /** Looks at a commit that is about to be made; what is returned looks again once it has been. */
    Runnable committing(String actor, List<ZkWrite> writes) {
        if (!actor.startsWith(Invariants.CONTROLLER)) {
            return () -> {};
        }
        Map<TopicPartition, ReassignmentRecord> before = new HashMap<>();
        touched(writes).forEach(topic -> stored.topic(topic).ifPresent(found -> records(found, before)));
        Set<TopicPartition> broughtBack = new TreeSet<>();
        before.values().stream().filter(this::isBroughtBack).forEach(record -> broughtBack.add(record.partition()));
        return () -> {
            Map<TopicPartition, ReassignmentRecord> now = new HashMap<>();
            touched(writes).forEach(topic -> stored.topic(topic).ifPresent(found -> records(found, now)));
            touched(writes).forEach(this::assigned);
            before.forEach((partition, record) -> record.answer()
                    .filter(name -> !broughtBack.contains(partition) && !name.equals(name(now, partition)))
                    .ifPresent(name -> ended(name, record, Optional.ofNullable(now.get(partition)))));
            now.forEach((partition, record) -> record.answer()
                    .filter(name -> !name.equals(name(before, partition)))
                    .ifPresent(name ->
                            require(answer(name, partition).isEmpty(), record + " follows an entry that is answered")));
            writes.stream()
                    .filter(write -> write instanceof ZkWrite.Create || write instanceof ZkWrite.SetData)
                    .map(ZkWrite::path)
                    .filter(path -> path.startsWith(KeptAnswer.ROOT + "/"))
                    .forEach(this::written);
        };
    }

    /** Whether what it followed had its answer already: no answer is written beside a record, so an outsider has restored it. */
    private boolean isBroughtBack(ReassignmentRecord record) {
        return record.answer()
                .filter(name -> answer(name, record.partition()).isPresent())
                .isPresent();
    }

    private Set<String> touched(List<ZkWrite> writes) {
        Set<String> topics = new TreeSet<>();
        for (ZkWrite write : writes) {
            topics.addAll(stored.recordedAt(write.path()));
            String topic = write.path().startsWith(TopicReader.ROOT + "/")
                    ? write.path().substring(TopicReader.ROOT.length() + 1)
                    : "";
            if (TopicPartition.isTopicName(topic)) {
                topics.add(topic);
            }
        }
        return topics;
    }

    private void assigned(String topic) {
        asked.forEach((path, entry) -> {
            boolean done = entry.partition().topic().equals(topic)
                    && entry.target().isPresent()
                    && entry.target().equals(stored.assigned(entry.partition()))
                    && stored.record(entry.partition()).isEmpty();
            if (done) {
                reached.add(path);
            }
        });
    }

    private static void records(TopicSnapshot topic, Map<TopicPartition, ReassignmentRecord> records) {
        topic.inFlight().values().stream()
                .filter(record ->
                        topic.assigned().containsKey(record.partition().partition()))
                .forEach(record -> records.put(record.partition(), record));
    }

    private static String name(Map<TopicPartition, ReassignmentRecord> records, TopicPartition partition) {
        return Optional.ofNullable(records.get(partition))
                .flatMap(ReassignmentRecord::answer)
                .orElse("");
    }

    /** What a record followed has ended; where the topic has gone with it, that cannot be told any more. */
    private void ended(String name, ReassignmentRecord record, Optional<ReassignmentRecord> next) {
        TopicPartition partition = record.partition();
        if (stored.assigned(partition).isEmpty()) {
            return;
        }
        Optional<Outcome> outcome = answer(name, partition).map(KeptAnswer::outcome);
        Optional<Asked> by = next.flatMap(ReassignmentRecord::answer)
                .flatMap(other -> Optional.ofNullable(asked.get(KeptAnswer.path(other, partition))));
        Set<Outcome> possible = next.isEmpty()
                ? Set.of(Outcome.COMPLETED)
                : by.map(one -> Set.of(one.target().isEmpty() ? Outcome.CANCELLED : Outcome.SUPERSEDED))
                        .orElse(Set.of(Outcome.CANCELLED, Outcome.SUPERSEDED));
        require(
                outcome.filter(possible::contains).isPresent(),
                record + " has made room for " + next + ", and its answer is " + outcome);
    }

    private void written(String path) {
        Optional<Asked> entry = Optional.ofNullable(asked.get(path));
        require(entry.isPresent(), path + " answers what was not asked");
        entry.ifPresent(one -> {
            String name = path.substring(
                    path.lastIndexOf('/') + 1,
                    path.length() - one.partition().toString().length() - 1);
            Optional<Outcome> outcome = answer(name, one.partition()).map(KeptAnswer::outcome);
            boolean done = outcome.equals(Optional.of(Outcome.COMPLETED)); // unchanged was decided earlier
            Optional<Replicas> assigned = stored.assigned(one.partition());
            require(
                    !done
                            || one.isForgotten()
                            || one.target().isEmpty()
                            || one.target().equals(assigned)
                            || reached.contains(path),
                    path + " says " + outcome + " of " + one.target() + ", assigned are " + assigned);
            boolean follows = stored.record(one.partition())
                    .flatMap(ReassignmentRecord::answer)
                    .filter(name::equals)
                    .isPresent();
            require(!follows, path + " says " + outcome + ", and a record follows it");
        });
    }

    /** All has settled: every entry has its answer, except of topics that are excused. */
    public void settled(Predicate<String> excused) {
        List<String> missing = new ArrayList<>();
        asked.forEach((path, entry) -> {
            if (!entry.mayBeOverwritten()
                    && !entry.isForgotten()
                    && !excused.test(entry.partition().topic())
                    && stored.node(path).isEmpty()) {
                missing.add(path);
            }
        });
        require(missing.isEmpty(), "no answer in " + missing);
    }

    private Optional<KeptAnswer> answer(String name, TopicPartition partition) {
        return stored.node(KeptAnswer.path(name, partition))
                .flatMap(node -> AnswerJson.decode(name, partition, node.text()));
    }

    /** Fails again with what was broken, in case that somebody swallowed it. */
    public void stillHold() {
        broken.ifPresent(how -> {
            throw new Invariants.Broken(4, how);
        });
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken = broken.or(() -> Optional.of(otherwise));
            stillHold();
        }
    }
}
