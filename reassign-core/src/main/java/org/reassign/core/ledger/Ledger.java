package org.reassign.core.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.StoredRequest;

/**
 * Every entry of every request from first sight to last answer. It does no I/O, does not wait and reads no clock: the
 * content of channels and the fates of entries are handed in, and the consequences are asked for.
 */
public final class Ledger {
    private final EntryIndex index = new EntryIndex();
    private final SortedSet<LedgerEntry> waiting = new TreeSet<>(LedgerEntry.ORDER);
    /** Requests with settled entries that were not returned yet. */
    private final Map<String, Set<String>> due = new HashMap<>();

    private final List<Answer> answers = new ArrayList<>();
    private final List<KeptAnswer> unkept = new ArrayList<>();
    private final long stateLimitMillis;
    private int pending;

    /**
     * No entry yet.
     *
     * @param stateLimitMillis how long an entry may wait for the {@code state} of its partition
     */
    public Ledger(long stateLimitMillis) {
        this.stateLimitMillis = stateLimitMillis;
    }

    /**
     * The content of a channel at a place. Entries that were seen there before keep their stage; absent ones are gone,
     * and would be new entries if they came back.
     *
     * @param path the znode, or any constant if the whole channel is read at once
     */
    public void observe(String channel, Set<ChannelTrait> traits, String path, List<StoredRequest> requests) {
        EntryIndex.Difference difference = index.observe(channel, traits, path, requests);
        difference.come().forEach(this::enter);
        difference.gone().forEach(entry -> {
            move(entry, Stage.GONE);
            index.remove(entry);
        });
    }

    /** An entry overwritten after its answer gets no other, but that is still to be kept; and one without a request gets none. */
    private void enter(LedgerEntry entry) {
        pending++;
        waiting.add(entry);
        Optional<LedgerEntry> before = index.named(entry.name()).stream()
                .filter(one -> one.isOfSameRequest(entry) && one.isSettled())
                .filter(one -> entry.content().orElse(null) instanceof StoredRequest.Overwritten)
                .findFirst();
        before.ifPresent(one -> entry.unkept(one.unkept()));
        boolean asksNothing =
                entry.content().isEmpty() && entry.request().refusal().isEmpty();
        if (before.isPresent() || asksNothing) {
            move(entry, Stage.ANSWERED);
        }
    }

    private void move(LedgerEntry entry, Stage next) {
        if (entry.stage() == Stage.GONE) {
            return;
        }
        pending -= entry.isPending() ? 1 : 0;
        entry.stage(next);
        pending += entry.isPending() ? 1 : 0;
        if (!entry.isOpen()) {
            waiting.remove(entry);
        }
        if (entry.isDue()) {
            due.computeIfAbsent(entry.id().channel(), channel -> new LinkedHashSet<>())
                    .add(entry.request().id());
        }
    }

    /** The entries that wait, in the order of the fold. */
    public List<LedgerEntry> waiting() {
        return List.copyOf(waiting);
    }

    /** How many they are. */
    public int countWaiting() {
        return waiting.size();
    }

    /** Whether an older entry of the partition is settled and still stored, so that this one has to wait for it. */
    boolean isHeld(LedgerEntry entry) {
        return index.named(entry.name()).headSet(entry).stream().anyMatch(LedgerEntry::isBarrier);
    }

    /** Whether no entry waits or must be removed; one that stays in place while it runs is neither. */
    public boolean isIdle() {
        return pending == 0;
    }

    /**
     * The fold is over: entries that it answered have their answer, and those whose record is stored already are
     * recorded.
     *
     * @return the entries that are recorded
     */
    public List<LedgerEntry> folded(Fold.Result result) {
        result.answers().forEach(this::answerUnkept);
        result.replaced().forEach(entry -> move(entry, Stage.ANSWERED));
        result.replays().forEach(entry -> move(entry, Stage.RECORDED));
        return result.replays();
    }

    /** The record of an admitted entry is written, with {@link AdmittedEntry#kept}, and replaces this one. */
    public void recorded(AdmittedEntry entry, Optional<ReassignmentRecord> before) {
        before.ifPresent(record -> answered(record, entry.cancels() ? Outcome.CANCELLED : Outcome.SUPERSEDED));
        overtaken(entry);
        move(entry.source(), Stage.RECORDED);
    }

    private void overtaken(AdmittedEntry entry) {
        List<EntryAnswer> all = entry.overtaken();
        int kept = Math.min(all.size(), AdmittedEntry.MOST_KEPT);
        all.subList(0, kept).forEach(this::answer);
        all.subList(kept, all.size()).forEach(this::answerUnkept);
    }

    /** An admitted entry only changed the order of the replicas, which is written, with {@link AdmittedEntry#kept}. */
    public void reordered(AdmittedEntry entry) {
        overtaken(entry);
        answer(new EntryAnswer(entry.source(), Outcome.COMPLETED));
    }

    /** An admitted entry is refused after all. */
    public void refused(AdmittedEntry entry, Refusal refusal) {
        answerUnkept(new EntryAnswer(entry.source(), Outcome.REFUSED, Optional.of(refusal)));
    }

    /** A record was not written although entries that it overrides may be gone: answers those as if it had been. */
    public void notWritten(AdmittedEntry entry) {
        entry.overtaken().stream()
                .filter(one -> one.entry().stage() == Stage.GONE)
                .forEach(this::answerUnkept);
    }

    /** A reassignment is completed, which is written, with its {@link #kept} answer. */
    public void completed(ReassignmentRecord record) {
        answered(record, Outcome.COMPLETED);
    }

    /** A reassignment has ended by no write of ours. */
    public void finished(ReassignmentRecord record, Outcome outcome) {
        answered(record, outcome);
        kept(record, outcome).ifPresent(unkept::add);
    }

    /** What is kept for the requester of what a record follows; empty where that is not wanted. */
    public static Optional<KeptAnswer> kept(ReassignmentRecord record, Outcome outcome) {
        return record.answer().map(name -> new KeptAnswer(name, record.partition(), outcome, Optional.empty()));
    }

    private void answered(ReassignmentRecord record, Outcome outcome) {
        followedBy(record).forEach(entry -> move(entry, Stage.ANSWERED));
        answers.add(new Answer(
                record.request(), record.mechanism(), record.partition().toString(), outcome, Optional.empty()));
    }

    /** The record is gone or replaced, by a later request or by hand. */
    public void ended(ReassignmentRecord before, Optional<ReassignmentRecord> now) {
        boolean cancelled = now.filter(record -> !record.target().equals(before.original()) || asksFor(record))
                .isEmpty();
        finished(before, cancelled ? Outcome.CANCELLED : Outcome.SUPERSEDED);
    }

    /** Whether the record's entry is stored and names the target; otherwise it cancels, or is gone. */
    private boolean asksFor(ReassignmentRecord record) {
        return followedBy(record).stream().anyMatch(entry -> entry.target().equals(Optional.of(record.target())));
    }

    private List<LedgerEntry> followedBy(ReassignmentRecord record) {
        return index.named(record.partition().toString()).stream()
                .filter(entry -> Fold.follows(record, entry))
                .toList();
    }

    /**
     * Entries that must be gone before the record of this one is written: older ones for its partition that stay in
     * place until they are answered, of which a replay would revert it.
     *
     * @param running the record that it takes the place of
     */
    public List<LedgerEntry> overriddenBy(AdmittedEntry entry, Optional<ReassignmentRecord> running) {
        Set<LedgerEntry> overtaken = new HashSet<>();
        entry.overtaken().forEach(one -> overtaken.add(one.entry()));
        return index.named(entry.source().name()).stream()
                .filter(one -> one.has(ChannelTrait.STAYS_UNTIL_ANSWERED) && one != entry.source())
                .filter(one -> one.stage() == Stage.ANSWERED
                        || overtaken.contains(one)
                        || running.filter(record -> Fold.follows(record, one)).isPresent())
                .toList();
    }

    /** The partition of an admitted entry has no readable {@code state}. The time only has to be monotonic. */
    public Deferral deferred(AdmittedEntry entry, long nowMillis) {
        entry.overtaken().forEach(one -> defer(one.entry(), nowMillis));
        LedgerEntry source = entry.source();
        if (defer(source, nowMillis)) {
            return Deferral.BEGUN;
        }
        return nowMillis - source.deferredSinceMillis() < stateLimitMillis ? Deferral.GOES_ON : Deferral.OVER;
    }

    private boolean defer(LedgerEntry entry, long nowMillis) {
        if (entry.stage() != Stage.WAITING) {
            return false;
        }
        entry.defer(nowMillis);
        move(entry, Stage.DEFERRED);
        return true;
    }

    /** The partition of an admitted entry has its {@code state}. */
    public void isReady(AdmittedEntry entry) {
        ready(entry.source());
        entry.overtaken().forEach(one -> ready(one.entry()));
    }

    private void ready(LedgerEntry entry) {
        if (entry.stage() == Stage.DEFERRED) {
            move(entry, Stage.WAITING);
        }
    }

    /**
     * The entries to settle in a channel: all due ones of requests with newly due ones. Of a request with very many
     * answers to keep, which are to go into the transaction that removes their entries, the others stay due.
     */
    public List<LedgerEntry> takeDue(String channel) {
        List<LedgerEntry> taken = new ArrayList<>();
        for (String id : Optional.ofNullable(due.remove(channel)).orElse(Set.of())) {
            int room = AdmittedEntry.MOST_KEPT;
            for (LedgerEntry entry : index.of(channel, id)) {
                if (entry.isDue() && (entry.unkept().isEmpty() || room-- > 0)) {
                    taken.add(entry);
                }
            }
            if (room < 0) {
                notSettled(channel, id);
            }
        }
        return taken;
    }

    /** Whether entries are to be settled. */
    public boolean hasDue() {
        return !due.isEmpty();
    }

    /** A request could not be settled: it is due again. */
    public void notSettled(String channel, String request) {
        due.computeIfAbsent(channel, name -> new LinkedHashSet<>()).add(request);
    }

    /** The answers to give now, each once. */
    public List<Answer> takeAnswers() {
        List<Answer> taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    /** Answers to keep that go with no write of records or requests, each once. */
    public List<KeptAnswer> takeUnkept() {
        List<KeptAnswer> taken = List.copyOf(unkept);
        unkept.clear();
        return taken;
    }

    private void answerUnkept(EntryAnswer answer) {
        answer.entry().unkept(answer.kept());
        answer(answer);
    }

    private void answer(EntryAnswer answer) {
        LedgerEntry entry = answer.entry();
        move(entry, Stage.ANSWERED);
        answers.add(new Answer(
                entry.request().id(), entry.request().mechanism(), entry.name(), answer.outcome(), answer.refusal()));
    }
}
