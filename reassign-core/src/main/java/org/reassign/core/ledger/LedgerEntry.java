package org.reassign.core.ledger;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.StoredRequest;

/** One entry of a request. Only the ledger changes its stage. */
public final class LedgerEntry {
    /** The order of the fold: zxid, then request id, then place in the request. */
    static final Comparator<LedgerEntry> ORDER = Comparator.comparingLong((LedgerEntry entry) -> entry.request.zxid())
            .thenComparing(entry -> entry.request.id())
            .thenComparingLong(entry -> entry.sequence);

    private final EntryId id;
    private final StoredRequest request;
    private final Optional<StoredRequest.Entry> content;
    private final Set<ChannelTrait> traits;
    private final long sequence;
    private long deferredSinceMillis;
    private Stage stage = Stage.WAITING;
    private Optional<KeptAnswer> unkept = Optional.empty();

    LedgerEntry(
            String channel,
            StoredRequest request,
            Optional<StoredRequest.Entry> content,
            Set<ChannelTrait> traits,
            long sequence) {
        String name = content.map(StoredRequest.Entry::name).orElse(request.id());
        this.id = new EntryId(channel, request.id(), name, request.zxid());
        this.request = request;
        this.content = content;
        this.traits = traits;
        this.sequence = sequence;
    }

    /** Its identity. */
    public EntryId id() {
        return id;
    }

    /** The partition as written, or the request's id if it is not about a partition. */
    public String name() {
        return id.name();
    }

    /** The request it came with, as it was when the entry was first seen. */
    public StoredRequest request() {
        return request;
    }

    /** Its content; empty if its request is refused as a whole or names no partition. */
    public Optional<StoredRequest.Entry> content() {
        return content;
    }

    /** Its partition, if that can be read. */
    public Optional<TopicPartition> partition() {
        if (content.orElse(null) instanceof StoredRequest.Valid valid) {
            return Optional.of(valid.partition());
        }
        return content.orElse(null) instanceof StoredRequest.Overwritten overwritten
                ? Optional.of(overwritten.partition())
                : Optional.empty();
    }

    /** Its stage. */
    public Stage stage() {
        return stage;
    }

    /** Its target; empty for a cancel and for an unreadable entry. */
    Optional<Replicas> target() {
        return content.orElse(null) instanceof StoredRequest.Valid valid ? valid.target() : Optional.empty();
    }

    /** Its settlement, for its channel. */
    public Settlement settlement() {
        return new Settlement(request.id(), name(), target());
    }

    /** Its answer, where the requester asked for it to be kept and that is still to be done, with the entry's removal. */
    public Optional<KeptAnswer> unkept() {
        return unkept;
    }

    void unkept(Optional<KeptAnswer> answer) {
        unkept = answer;
    }

    boolean has(ChannelTrait trait) {
        return traits.contains(trait);
    }

    boolean isOfSameRequest(LedgerEntry other) {
        return id.channel().equals(other.id.channel()) && id.request().equals(other.id.request());
    }

    boolean isOpen() {
        return stage == Stage.WAITING || stage == Stage.DEFERRED;
    }

    boolean isSettled() {
        return stage == Stage.RECORDED || stage == Stage.ANSWERED;
    }

    /** Whether it must be removed from its znode. */
    boolean isDue() {
        return stage == Stage.ANSWERED || stage == Stage.RECORDED && !has(ChannelTrait.STAYS_UNTIL_ANSWERED);
    }

    /** Whether it still needs an answer or removal, other than to run. */
    boolean isPending() {
        if (!has(ChannelTrait.STAYS_UNTIL_ANSWERED)) {
            return stage != Stage.GONE;
        }
        return isOpen() || stage == Stage.ANSWERED && content.isPresent();
    }

    /**
     * Whether nothing newer is admitted for its partition while it is stored, so that it can never revert a newer one.
     */
    boolean isBarrier() {
        return isSettled()
                && !has(ChannelTrait.STAYS_UNTIL_ANSWERED)
                && !(content.orElse(null) instanceof StoredRequest.Invalid);
    }

    long deferredSinceMillis() {
        return deferredSinceMillis;
    }

    void defer(long nowMillis) {
        deferredSinceMillis = nowMillis;
    }

    void stage(Stage next) {
        stage = next;
    }

    @Override
    public String toString() {
        return id.request() + " " + id.name() + " " + stage;
    }
}
