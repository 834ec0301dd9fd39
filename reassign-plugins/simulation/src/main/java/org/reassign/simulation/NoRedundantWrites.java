package org.reassign.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Fence;

/**
 * Part of invariant 2: a controller writes nothing that another has written already. A record that follows a request is
 * not written for that request again, no write leaves a znode as it was, nothing is created that stands, and what others
 * have added to a znode stays.
 */
final class NoRedundantWrites {
    /** Answers that were written and are given again after a crash are the exception: nobody reads them before. */
    private static final String REFUSALS = "/admin/reassignment_refusals/";

    private final StoredState stored;
    private final Requirement requirement;
    /** Partition to the version of the fence under which its AR was written last. */
    private final Map<TopicPartition, Integer> assignedUnder = new HashMap<>();

    private Set<String> topicsAsRead = Set.of();

    NoRedundantWrites(StoredState stored, Requirement requirement) {
        this.stored = stored;
        this.requirement = requirement;
    }

    private record Rewrite(ZkWrite.SetData write, String before) {
        boolean inVain() {
            return Arrays.equals(write.data(), before.getBytes(UTF_8));
        }

        boolean keepsWhatIsForeign() {
            return !before.contains(FaultContext.FIELD) || new String(write.data(), UTF_8).contains(FaultContext.FIELD);
        }
    }

    /** Looks at a controller's commit that is about to be made; what is returned is to be run once it has been. */
    Runnable committing(List<ZkWrite> writes) {
        List<Rewrite> rewrites = new ArrayList<>();
        for (ZkWrite write : writes) {
            if (write instanceof ZkWrite.SetData set && !write.path().startsWith(REFUSALS)) {
                stored.text(write.path()).ifPresent(text -> rewrites.add(new Rewrite(set, text)));
            }
        }
        return () -> rewrites.forEach(rewrite -> {
            String path = rewrite.write().path();
            requirement.require(2, !rewrite.inVain(), () -> path + " is written as it was: " + rewrite.before());
            requirement.require(2, rewrite.keepsWhatIsForeign(), () -> path + " loses what others have written");
        });
    }

    /**
     * A controller's commit failed. Another may have taken {@code /controller}, and a crash may have left an empty parent,
     * but nobody else makes what is ours.
     */
    void failed(Throwable failure) {
        if (failure instanceof ZkException e && e.code() == ZkException.Code.NODE_EXISTS) {
            String path = e.getMessage().substring(e.getMessage().indexOf('/'));
            boolean lawful =
                    path.equals("/controller") || stored.text(path).orElse("").isEmpty();
            requirement.require(2, lawful, () -> "created although it stands: " + path);
        }
    }

    /** A record was changed. */
    void recorded(Optional<ReassignmentRecord> before, ReassignmentRecord now) {
        boolean again = before.filter(was -> was.request().equals(now.request())
                        && was.zxid() == now.zxid()
                        && was.target().equals(now.target())
                        && !was.equals(now))
                .isPresent();
        requirement.require(2, !again, () -> "recorded again: " + before + " became " + now);
    }

    /** AR or record of a partition was written under this version of the fence. */
    void assigned(TopicPartition partition, int fence) {
        assignedUnder.put(partition, fence);
    }

    /** 1: who has put brokers into AR strikes what is owed by them, before anybody hears of it by {@code state}. */
    void stated(TopicPartition partition, int fence) {
        if (assignedUnder.getOrDefault(partition, -1) != fence) {
            return;
        }
        Replicas assigned = stored.assigned(partition).orElse(Replicas.NONE);
        Replicas owing = assigned.filter(broker -> stored.owed(broker).contains(partition));
        requirement.require(
                1, owing.isEmpty(), () -> owing + " are replicas of " + partition + " and owe its deletion");
    }

    /** A controller reads which topics there are. */
    void topicsRead() {
        topicsAsRead = stored.topics();
    }

    /** 4: the one that leads says nothing of a topic that it knows to be gone, but that it is. */
    void told(BrokerRequest request, PartitionState told) {
        if (told.state().leader() == LeaderAndIsr.LEADER_DURING_DELETE) {
            return;
        }
        TopicPartition partition = told.partition();
        String epoch = Integer.toString(request.header().controllerEpoch());
        boolean leads = stored.text(Fence.PATH).filter(epoch::equals).isPresent();
        boolean known = topicsAsRead.contains(partition.topic())
                || stored.topic(partition.topic()).isPresent();
        requirement.require(
                4, !leads || known, () -> "told of " + partition + ", which is known to be gone: " + request);
    }
}
