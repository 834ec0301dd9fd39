package org.reassign.simulation.faults;

import java.util.List;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** One request on its way into ZooKeeper; the checks hear of it once, when it is written. */
final class SubmittedRequest {
    private final SimulatedWorld world;
    private final ScheduledEvent.Request request;
    private final RequestChannel channel;
    private final String answer;
    private boolean written;
    private String legacyBefore = "";

    /** {@code answer} is the name under which its outcomes are to be kept, empty where they are not. */
    SubmittedRequest(SimulatedWorld world, ScheduledEvent.Request request, RequestChannel channel, String answer) {
        this.world = world;
        this.request = request;
        this.channel = channel;
        this.answer = answer;
    }

    /** Something is about to be committed for it. */
    void before() {
        legacyBefore = world.stored().text(ExpectedAssignment.LEGACY_PATH).orElse("");
    }

    /** Something has been committed for it. */
    void committed(List<ZkWrite> writes, List<ZkResult> results) {
        if (writes.get(writes.size() - 1) instanceof ZkWrite.Delete) {
            return; // of the marker
        }
        if (written) {
            throw new InvariantBroken("submission", request + " was written twice");
        }
        written = true;
        boolean asValues = !channel.values().isEmpty();
        if (asValues) {
            world.answers().overwritten(request.targets().keySet());
        }
        if (!answer.isEmpty()) {
            world.answers().asked(answer, request.targets(), asValues);
        }
        String path = results.get(results.size() - 1).path();
        String id = path.substring(path.lastIndexOf('/') + 1);
        world.says("requested as " + id + " by " + request);
        long zxid = world.stored().node(path).orElseThrow().stat().mzxid();
        if (id.equals(ExpectedAssignment.LEGACY)) {
            String now = world.stored().text(path).orElseThrow();
            world.expected().askedByLegacy(zxid, request.targets(), legacyBefore, now);
            return;
        }
        String place = channel.values().isEmpty() ? id : "value";
        request.targets().forEach((partition, target) -> world.expected().asked(id, zxid, partition, target, place));
    }
}
