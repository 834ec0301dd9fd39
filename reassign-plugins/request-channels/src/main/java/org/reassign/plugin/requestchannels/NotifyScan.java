package org.reassign.plugin.requestchannels;

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
 * Value first, then notify, without names: the first form of Jun Rao's alternative (point 10 of the thread). As {@code
 * notify-names}, but {@code /admin/reassignment_requests/request_N} is {@code {"version":1,"kind":"scan"}}, and the
 * controller reads every target when there is one. So a value that was written and never announced is found by the next
 * notification, whoever makes it; what it costs is a read of all targets for each.
 *
 * <p>A notification cannot say whose value was overwritten before it was read: its requester is not told.
 */
@Extension
@PluginName(
        value = "notify-scan",
        description = "Targets first, then a request that lets the controller read all of them")
public final class NotifyScan implements RequestChannel, RequestSubmission {
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
        boolean some = ValueFirst.notifications(stored).stream()
                .anyMatch(notification -> notification.kind().equals(RequestZnodes.SCAN));
        return some ? values() : List.of();
    }

    @Override
    public List<StoredRequest> decode(ZkSnapshot stored) {
        return new ValueFirst(RequestZnodes.SCAN, stored).requests();
    }

    @Override
    public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
        return new ValueFirst(RequestZnodes.SCAN, stored).settle(settled);
    }

    @Override
    public List<String> reads(ReassignmentRequest request) {
        return ValueFirstSubmission.reads(request);
    }

    @Override
    public List<Piece> transactions(ReassignmentRequest request, ZkSnapshot stored) {
        return ValueFirstSubmission.of(RequestZnodes.SCAN, request, stored);
    }
}
