package org.reassign.core.lead;

import java.util.Optional;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.Fold;
import org.reassign.core.store.TopicReader;

/** Step S6 and its like: tells the listener what became of an entry, and the entry's channel that it is settled. */
final class Answers {
    private final Requests requests;
    private final Refusals refusals;
    private final ControllerListener listener;

    Answers(Requests requests, Refusals refusals, ControllerListener listener) {
        this.requests = requests;
        this.refusals = refusals;
        this.listener = listener;
    }

    /** An entry that the fold answered without a write. */
    void answered(Fold.EntryAnswer answered) {
        requests.settle(answered.settlement());
        if (answered.answer().outcome() == Outcome.REFUSED) {
            refusals.add(answered.answer());
        }
        listener.answered(answered.answer());
    }

    /** An accepted entry cannot be written. */
    void tooLarge(AdmittedEntry accepted, ZkWrite write) {
        String name = accepted.entry().name();
        String mend = write.path().startsWith(TopicReader.ROOT)
                ? "ask for fewer of its partitions at a time"
                : "give a shorter reason";
        Refusal refusal = new Refusal(
                Refusal.Code.TOO_LARGE,
                accepted.request().id() + ", " + name + ": " + OversizeCheck.sentence(write) + "; " + mend);
        Answer answer = new Answer(
                accepted.request().id(), accepted.request().mechanism(), name, Outcome.REFUSED, Optional.of(refusal));
        answered(new Fold.EntryAnswer(answer, settlement(accepted, Stage.ANSWERED)));
    }

    /** The entry's record was not written. What had to go before it may be gone: nothing of that is left to answer later. */
    void notWritten(AdmittedEntry entry) {
        entry.overtaken().stream()
                .filter(overtaken -> !requests.isStored(overtaken.settlement()))
                .forEach(this::answered);
    }

    /** An entry whose record stood already when it was read. */
    void replayed(Settlement settlement) {
        requests.settle(settlement);
        TopicPartition.parse(settlement.name())
                .filter(partition -> settlement.stage() == Stage.RECORDED)
                .ifPresent(partition -> listener.recorded(settlement.request(), partition));
    }

    /** An accepted entry's record is written; the one before it is over. */
    void recorded(AdmittedEntry accepted, Optional<ReassignmentRecord> before) {
        before.ifPresent(record -> finished(record, accepted.cancels() ? Outcome.CANCELLED : Outcome.SUPERSEDED));
        accepted.overtaken().forEach(this::answered);
        requests.settle(settlement(accepted, Stage.RECORDED));
        listener.recorded(accepted.request().id(), accepted.entry().partition());
    }

    /** An accepted entry needed no record: only the order changed. */
    void reordered(AdmittedEntry accepted) {
        accepted.overtaken().forEach(this::answered);
        requests.settle(settlement(accepted, Stage.ANSWERED));
        listener.answered(new Answer(
                accepted.request().id(),
                accepted.request().mechanism(),
                accepted.entry().name(),
                Outcome.COMPLETED,
                Optional.empty()));
    }

    /** How a reassignment ended whose record another one has taken the place of. */
    Outcome endOf(ReassignmentRecord before, ReassignmentRecord now) {
        boolean cancelled = now.target().equals(before.original()) && !requests.names(now);
        return cancelled ? Outcome.CANCELLED : Outcome.SUPERSEDED;
    }

    /** A reassignment is over. */
    void finished(ReassignmentRecord record, Outcome outcome) {
        String name = record.partition().toString();
        requests.settle(new Settlement(record.request(), name, Optional.of(record.target()), Stage.ANSWERED));
        listener.answered(new Answer(record.request(), record.mechanism(), name, outcome, Optional.empty()));
    }

    private static Settlement settlement(AdmittedEntry accepted, Stage stage) {
        return new Settlement(
                accepted.request().id(),
                accepted.entry().name(),
                accepted.entry().target(),
                stage);
    }
}
