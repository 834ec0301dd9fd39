package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;
import org.reassign.api.model.Mechanism;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkSnapshot;

/**
 * Value first, then notify, by name: Jun Rao's pattern of ZooKeeper notifications (point 10 of the thread). A requester
 * writes {@code /admin/reassignment_targets/T/P} with {@code {"version":1,"replicas":[1,2,3]}}, where {@code null} cancels,
 * and then creates {@code /admin/reassignment_requests/request_N} with {@code
 * {"version":1,"kind":"names","partitions":{"t":[0,1]}}}; {@code requester} and {@code reason} may stand there.
 *
 * <p>The thread objects that two writers lose an update, and that a requester which dies before it notifies loses it. So
 * writes of values are conditional: a requester that was overtaken is told so, reads and decides again; and one whose
 * value was overwritten before it was read gets an answer that says so. The notification is created in the transaction
 * that writes its values. Of others, who write one after the other, an unannounced value is found when a controller
 * starts, or whenever it reads all anew.
 *
 * <p>Targets are ordered by their mzxid. Settling deletes a target that is recorded or answered and still says the same,
 * its parent with the last one, and a notification once nothing is left that it announced. What nobody can read under
 * {@code /admin/reassignment_requests} is refused by the channel {@code payload}, which is to be open too.
 */
@Extension
@PluginName(value = "notify-names", description = "Targets first, then a request that names their partitions")
public final class NotifyNames implements RequestChannel, RequestSubmission {
    @Override
    public Mechanism mechanism() {
        return Mechanism.REQUEST;
    }

    @Override
    public Optional<RequestSubmission> submission() {
        return Optional.of(this);
    }

    @Override
    public List<PathPattern> watches() {
        return List.of(RequestZnodes.ALL);
    }

    @Override
    public List<PathPattern> values() {
        return List.of(TargetZnode.PARENTS, TargetZnode.ALL);
    }

    @Override
    public List<PathPattern> pointedTo(ZkSnapshot stored) {
        List<PathPattern> paths = new ArrayList<>();
        for (RequestNotification notification : ValueFirst.notifications(stored)) {
            notification.named().forEach(partition -> {
                paths.add(new PathPattern(TargetZnode.parent(partition.topic())));
                paths.add(new PathPattern(TargetZnode.path(partition)));
            });
        }
        return paths.stream().distinct().toList();
    }

    @Override
    public List<StoredRequest> decode(ZkSnapshot stored) {
        return new ValueFirst(RequestZnodes.NAMES, stored).requests();
    }

    @Override
    public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
        return new ValueFirst(RequestZnodes.NAMES, stored).settle(settled);
    }

    @Override
    public List<String> reads(ReassignmentRequest request) {
        return ValueFirstSubmission.reads(request);
    }

    @Override
    public List<Piece> transactions(ReassignmentRequest request, ZkSnapshot stored) {
        return ValueFirstSubmission.of(RequestZnodes.NAMES, request, stored);
    }
}
