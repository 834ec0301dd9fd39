package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** Znodes that an outsider creates below those of ours, which cannot be deleted then. */
final class OddChildren {
    private static final Duration LOOKS_EVERY = Duration.ofMillis(5);
    private static final int LOOKS = 400;
    private static final String CHILD = "/child";

    private final SimulatedWorld world;
    private final ZkPort zk;
    private final SortedSet<String> odd = new TreeSet<>();
    private boolean over;

    OddChildren(SimulatedWorld world, ZkPort zk) {
        this.world = world;
        this.zk = zk;
    }

    /** None is created any more. */
    void end() {
        over = true;
    }

    /** Creates a child below what is found first. */
    void create(ScheduledEvent.OddChild deed) {
        look(deed, LOOKS);
    }

    private void look(ScheduledEvent.OddChild deed, int times) {
        if (over) {
            return;
        }
        Optional<String> found = found(deed.root(), deed.depth());
        if (found.isPresent()) {
            world.happens(deed, "an outsider at " + found.get());
            odd.add(found.get());
            zk.commit(List.of(ZkWrite.create(found.get() + CHILD, "")));
        } else if (times > 0) {
            world.time().after(LOOKS_EVERY, () -> look(deed, times - 1));
        }
    }

    private Optional<String> found(String path, int depth) {
        if (depth == 0) {
            return world.stored().node(path).map(node -> path);
        }
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                .sorted()
                .flatMap(child -> found(path + "/" + child, depth - 1).stream())
                .findFirst();
    }

    /** Whether a child of somebody else's stands below it. */
    boolean isOdd(String path) {
        return odd.contains(path);
    }

    /** Whether it is that child. */
    boolean isChild(String path) {
        return path.endsWith(CHILD) && odd.contains(path.substring(0, path.length() - CHILD.length()));
    }

    /** Whether it stands above one. */
    boolean isAbove(String path) {
        return odd.stream().anyMatch(one -> one.startsWith(path + "/"));
    }
}
