package org.reassign.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.StoredRequest;
import org.reassign.core.decide.InFlightBudget;

/**
 * Entries' story: events in, effects out, as lines of text. Topic t has its partitions on [0,1], all brokers are
 * registered, and what is settled is printed after each event, as the controller would write it then.
 */
final class LedgerStory implements AdmissionView {
    private static final Replicas ASSIGNED = Replicas.of(0, 1);
    private static final String ROOT = "/admin/reassignment_requests/";

    private final List<String> effects = new ArrayList<>();
    private final SortedMap<TopicPartition, ReassignmentRecord> records = new TreeMap<>();
    private SortedMap<TopicPartition, AdmittedEntry> admitted = new TreeMap<>();
    private Ledger ledger = new Ledger(60_000);
    private boolean coalesce = true;
    private boolean unreadable;

    /** Plays one event; returns what came of it. */
    List<String> play(String event) {
        effects.clear();
        String word = event.split(" ")[0];
        String rest = event.substring(word.length()).strip();
        switch (word) {
            case "stored" -> stored(rest);
            case "fold" -> fold();
            case "written" -> written(partition(rest));
            case "failed" -> ledger.notWritten(admitted.get(partition(rest)));
            case "large" -> ledger.refused(admitted.get(partition(rest)), new Refusal(Code.TOO_LARGE, "too large"));
            case "stateless" -> stateless(rest);
            case "completes" -> ledger.finished(records.remove(partition(rest)), Outcome.COMPLETED);
            case "undeletable" -> ledger.notSettled(rest.split(" ")[0], rest.split(" ")[1]);
            case "crash" -> ledger = new Ledger(60_000);
            case "uncoalesced" -> coalesce = false;
            case "unreadable" -> unreadable = true;
            case "readable" -> unreadable = false;
            default -> throw new IllegalArgumentException("no such event: " + event);
        }
        ledger.takeAnswers()
                .forEach(answer ->
                        effects.add("answer " + answer.request() + " " + answer.partition() + " " + answer.outcome()
                                + answer.refusal().map(r -> " " + r.code()).orElse("")));
        for (String channel : List.of("payload", "legacy", "notify-names")) {
            ledger.takeDue(channel).forEach(entry -> effects.add("settle " + channel + " " + text(entry)));
        }
        effects.add(ledger.isIdle() ? "idle" : ledger.countWaiting() + " waiting");
        return List.copyOf(effects);
    }

    /** {@code CHANNEL ID ZXID: ENTRY; ENTRY | ID ZXID: ENTRY}; what has no zxid is gone. */
    private void stored(String text) {
        String channel = text.split(" ")[0];
        List<StoredRequest> requests = new ArrayList<>();
        String place = "";
        for (String request : text.substring(channel.length()).split("\\|")) {
            String[] parts = request.split(":", 2);
            String[] head = parts[0].strip().split(" ");
            place = channel.equals("notify-names") ? "" : head[0];
            if (head.length > 1) {
                requests.add(request(channel, head[0], Long.parseLong(head[1]), parts[1]));
            }
        }
        Set<ChannelTrait> traits = channel.equals("legacy") ? EnumSet.allOf(ChannelTrait.class) : Set.of();
        ledger.observe(channel, traits, place, requests);
    }

    private static StoredRequest request(String channel, String id, long zxid, String entries) {
        Mechanism mechanism = channel.equals("legacy") ? Mechanism.LEGACY : Mechanism.REQUEST;
        return StoredRequest.of(
                ROOT + id,
                mechanism,
                zxid,
                Arrays.stream(entries.strip().split("; "))
                        .filter(entry -> !entry.isBlank())
                        .map(LedgerStory::entry)
                        .toList());
    }

    private static StoredRequest.Entry entry(String text) {
        TopicPartition partition = partition(text.split(" ")[0]);
        String what = text.substring(partition.toString().length()).strip();
        return switch (what) {
            case "cancel" -> new StoredRequest.Valid(partition, Optional.empty());
            case "bad" -> new StoredRequest.Invalid(partition.toString(), new Refusal(Code.WRONG_TYPE, "bad"));
            case "overwritten" -> new StoredRequest.Overwritten(partition, new Refusal(Code.OVERWRITTEN, "lost"));
            default -> new StoredRequest.Valid(partition, Optional.of(replicas(what)));
        };
    }

    private void fold() {
        Fold.Result result = Fold.of(
                ledger,
                this,
                (running, request, entry) -> new Resolution.Accept(),
                coalesce,
                InFlightBudget::unlimited);
        ledger.folded(result).forEach(entry -> effects.add("recognised " + text(entry)));
        admitted = result.admitted();
        admitted.forEach((partition, entry) -> {
            effects.add(
                    "admitted " + text(entry.source()) + (entry.later().isEmpty() ? "" : ", before " + entry.later()));
            ledger.overriddenBy(entry, record(partition))
                    .forEach(old -> effects.add("  remove first " + old.id().channel() + " " + text(old)));
        });
        if (result.holds()) {
            effects.add("some are held");
        }
    }

    private void written(TopicPartition partition) {
        AdmittedEntry entry = admitted.remove(partition);
        Optional<ReassignmentRecord> before = record(partition);
        StoredRequest by = entry.request();
        records.put(
                partition,
                new ReassignmentRecord(
                        partition,
                        entry.target(),
                        ASSIGNED,
                        Replicas.NONE,
                        by.mechanism(),
                        by.zxid(),
                        by.id(),
                        by.requester(),
                        by.reason(),
                        0));
        ledger.recorded(entry, before);
    }

    private void stateless(String text) {
        String[] words = text.split(" ");
        AdmittedEntry entry = admitted.get(partition(words[0]));
        Deferral deferral = ledger.deferred(entry, Long.parseLong(words[1]) * 1_000);
        effects.add("waiting for its state " + deferral);
        if (deferral == Deferral.OVER) {
            ledger.refused(entry, new Refusal(Code.NO_STATE, "no state"));
        }
    }

    private static String text(LedgerEntry entry) {
        String asks = entry.content().orElse(null) instanceof StoredRequest.Valid valid
                ? " " + valid.target().map(Replicas::toString).orElse("cancel")
                : "";
        return entry.request().id() + " " + entry.name() + asks;
    }

    private static TopicPartition partition(String text) {
        return TopicPartition.parse(text).orElseThrow();
    }

    private static Replicas replicas(String text) {
        return Replicas.copyOf(Arrays.stream(text.replaceAll("[\\[\\]]", "").split(","))
                .map(Integer::parseInt)
                .toList());
    }

    @Override
    public boolean exists(String topic) {
        return topic.equals("t");
    }

    @Override
    public boolean unreadable(String topic) {
        return unreadable;
    }

    @Override
    public boolean beingDeleted(String topic) {
        return false;
    }

    @Override
    public Optional<Replicas> assigned(TopicPartition partition) {
        return Optional.of(ASSIGNED);
    }

    @Override
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return Optional.ofNullable(records.get(partition));
    }

    @Override
    public boolean registered(int broker) {
        return true;
    }
}
