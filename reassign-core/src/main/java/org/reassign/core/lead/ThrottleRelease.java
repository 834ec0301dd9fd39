package org.reassign.core.lead;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.store.Await;
import org.reassign.core.store.Store;
import org.reassign.core.throttle.ThrottleChange;
import org.reassign.core.throttle.ThrottleTree;
import org.reassign.core.throttle.Throttles;

/**
 * Takes throttles off that no partition in flight and no request needs any more, also those of other clients. What is read in one turn
 * is decided in a later one: a request that was stored before its client released the leases has been read by then. Used by the
 * loop's thread only.
 */
final class ThrottleRelease {
    private final TermContext context;
    private final CurrentImage image;
    private final Requests requests;
    private final Store store;
    private final Throttles throttles;
    private final Set<String> named = new HashSet<>();
    private Optional<ThrottleTree> tree = Optional.empty();
    private Set<Long> left = Set.of();
    private boolean changed = true;
    private boolean decided;
    private Set<TopicPartition> needing = Set.of();

    ThrottleRelease(TermContext context, CurrentImage image, Requests requests, Store store) {
        this.context = context;
        this.image = image;
        this.requests = requests;
        this.store = store;
        this.throttles = new Throttles(context.zk(), this::perform, context.timers()::nowMillis);
    }

    /** Events may be missing. */
    void reread() {
        changed = true;
    }

    /** Whether nothing is to be read or taken off, and no client is about to store a request. */
    boolean idle() {
        return !changed && (tree.isEmpty() || decided && !tree.get().isHeld());
    }

    /** Zxids of the leases as last read: what of it stays when the term ends cannot be taken off by it. */
    Set<Long> left() {
        return left;
    }

    /** After the turn's writes. */
    void turn() {
        try {
            if (changed) {
                read();
            } else if (tree.isPresent()) {
                decide(tree.get());
            }
        } catch (ZkException e) {
            if (e.code() != Code.NO_AUTH) {
                throw e;
            }
            givenUp(e.getMessage());
        } catch (IllegalStateException e) {
            givenUp(e.getMessage());
        }
    }

    private void givenUp(String why) {
        tree = Optional.empty();
        warn("throttles below " + ThrottleTree.ROOT + " are not taken off: " + why);
    }

    private void read() {
        changed = false;
        ZkPort zk = context.zk();
        boolean exists = Await.done(zk.getData(ThrottleTree.ROOT, this::fired)).isPresent();
        if (!exists) {
            tree = Optional.empty();
            left = Set.of();
            return;
        }
        var unused = Await.done(zk.getChildren(ThrottleTree.HOLDERS, this::fired));
        tree = Optional.of(throttles.read()).filter(read -> !read.isEmpty());
        left = tree.map(ThrottleTree::zxids).orElse(Set.of());
        decided = false;
        tree.ifPresent(read -> context.loop().mark(() -> {}));
    }

    private void fired(ZkEvent event) {
        context.loop().mark(() -> changed = true);
    }

    private void decide(ThrottleTree read) {
        Set<TopicPartition> now = read.isHeld() ? Set.of() : busy(read.partitions());
        if (read.isHeld() || decided && now.equals(needing)) {
            return;
        }
        needing = now;
        Optional<ThrottleChange> change = throttles.release(read, now);
        decided = change.isPresent();
        change.filter(some -> !some.isEmpty()).ifPresent(this::tell);
        if (change.isEmpty()) {
            context.timers()
                    .after(context.settings().retryDelay(), () -> context.loop().mark(() -> changed = true));
        }
    }

    private void tell(ThrottleChange change) {
        change.kept().forEach(this::warn);
        if (!change.topics().isEmpty() || !change.brokers().isEmpty()) {
            context.listener().throttlesRemoved(change.topics(), change.brokers());
        }
    }

    private void warn(String sentence) {
        if (named.add(sentence)) {
            context.listener().warning(sentence);
        }
    }

    private Set<TopicPartition> busy(Set<TopicPartition> partitions) {
        Set<TopicPartition> waiting = requests.waitingPartitions();
        return partitions.stream()
                .filter(partition -> waiting.contains(partition)
                        || image.get().unreadable().contains(partition.topic())
                        || image.get().record(partition).isPresent())
                .collect(Collectors.toSet());
    }

    /** False where somebody else has written; what an ACL does not allow is thrown. */
    private boolean perform(List<ZkWrite> writes) {
        Optional<ZkException> failure = store.atomically(writes);
        if (failure.filter(why -> why.code() == Code.NO_AUTH).isPresent()) {
            throw failure.get();
        }
        return failure.isEmpty();
    }
}
