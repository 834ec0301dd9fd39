package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/**
 * What a run makes in a ZooKeeper that outlives it: the topics of its scenario that were not there before, with their
 * records, requests, targets, refusals, notifications and owed deletes. What names other topics too is theirs, and the
 * roots, which any controller makes, stay. Blocks; for one thread.
 */
public final class RunFootprint {
    private static final String DELETES = "/admin/reassignment_deletes";
    private static final List<String> NAMING =
            List.of("/admin/reassignment_requests", "/admin/reassignment_refusals", "/isr_change_notification");
    private static final List<String> BY_TOPIC =
            List.of("/admin/reassignment_targets/", "/config/topics/", "/brokers/topics/");
    private static final String LEGACY = "/admin/reassign_partitions";
    private static final Set<String> ROOTS =
            Set.of("admin", "brokers", "config", "controller_epoch", "isr_change_notification", "reassign");
    private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(5);
    private static final int CHUNK = 1_000;

    private final ZkSessions sessions;
    private final List<StorageLayout> layouts;
    private final Set<String> before;
    private final Set<String> made;

    private RunFootprint(ZkSessions sessions, List<StorageLayout> layouts, Set<String> before, Set<String> made) {
        this.sessions = sessions;
        this.layouts = layouts;
        this.before = before;
        this.made = made;
    }

    /**
     * What a run will make, seen before it begins.
     *
     * @param layouts those that may have records
     * @throws ZkException where ZooKeeper does not answer
     */
    public static RunFootprint before(ZkSessions sessions, List<StorageLayout> layouts, Scenario scenario) {
        try (ZkPort zk = sessions.open("observer")) {
            Set<String> there = new TreeSet<>(done(
                    new ObservedCluster(zk, layouts).existing(scenario.topics().keySet())));
            Set<String> made = new TreeSet<>(scenario.topics().keySet());
            made.removeAll(there);
            return new RunFootprint(sessions, layouts, there, made);
        }
    }

    /**
     * What stays in ZooKeeper.
     *
     * @param topics topics that the run made and that are still there
     * @param existing topics of the scenario that were there before
     * @param paths what lies below the roots, or in topics that were there before, for reassignments
     * @param roots the roots, of which later controllers have use
     */
    public record Remains(List<String> topics, List<String> existing, List<String> paths, List<String> roots) {
        /** Copies the lists. */
        public Remains {
            topics = List.copyOf(topics);
            existing = List.copyOf(existing);
            paths = List.copyOf(paths);
            roots = List.copyOf(roots);
        }
    }

    /** The topics of the scenario that were not there before. */
    public Set<String> made() {
        return made;
    }

    /**
     * Deletes it. Brokers and controllers of the run must have been told to end; a controller that is still registered
     * is waited for, a few seconds at most.
     *
     * @throws ZkException where ZooKeeper does not answer; some is deleted then
     */
    public Remains remove() {
        try (ZkPort zk = sessions.open("observer")) {
            awaitHandBack(zk);
            List<String> paths = new ArrayList<>();
            NAMING.forEach(root -> paths.addAll(naming(zk, root, children(zk, root))));
            paths.addAll(naming(zk, "/admin", List.of(LEGACY.substring("/admin/".length()))));
            children(zk, DELETES).forEach(broker -> {
                String parent = DELETES + "/" + broker;
                paths.addAll(naming(zk, parent, children(zk, parent)));
                paths.add(parent);
            });
            paths.addAll(records(zk));
            made.forEach(topic -> BY_TOPIC.forEach(root -> paths.addAll(done(below(zk, root + topic)))));
            delete(zk, paths);
            return remains(zk);
        }
    }

    /** What is there now. */
    public Remains remains() {
        try (ZkPort zk = sessions.open("observer")) {
            return remains(zk);
        }
    }

    private Remains remains(ZkPort zk) {
        ObservedCluster cluster = new ObservedCluster(zk, layouts);
        return new Remains(
                done(cluster.existing(made)),
                done(cluster.existing(before)),
                done(cluster.leftovers(before)),
                children(zk, "").stream()
                        .filter(ROOTS::contains)
                        .map(name -> "/" + name)
                        .sorted()
                        .toList());
    }

    /** Waits until the controller that is registered now is gone. */
    private static void awaitHandBack(ZkPort zk) {
        CompletableFuture<Void> changed = new CompletableFuture<>();
        Optional<ZkNode> registered = done(zk.getData("/controller", event -> changed.complete(null)));
        if (registered.isPresent()) {
            done(changed.completeOnTimeout(null, HAND_BACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Those of these znodes that name no topic but ours. */
    private List<String> naming(ZkPort zk, String root, List<String> names) {
        List<CompletableFuture<List<String>>> parts = names.stream()
                .map(name -> root + "/" + name)
                .map(path -> zk.getData(path)
                        .thenApply(node -> node
                                .map(ZkNode::text)
                                .flatMap(NamedTopics::of)
                                .filter(made::containsAll)
                                .map(topics -> path)
                                .stream()
                                .toList())
                        .toCompletableFuture())
                .toList();
        done(all(parts));
        return parts.stream().flatMap(part -> part.join().stream()).toList();
    }

    private List<String> records(ZkPort zk) {
        List<Placement> placements =
                layouts.stream().map(StorageLayout::placement).toList();
        return placements.stream()
                .flatMap(placement -> placement.recordRoot().stream())
                .distinct()
                .flatMap(root -> done(below(zk, root)).stream())
                .filter(path -> placements.stream()
                        .anyMatch(placement ->
                                placement.topic(path).filter(made::contains).isPresent()))
                .toList();
    }

    /** A path and all below it, children before their parents. */
    private static CompletionStage<List<String>> below(ZkPort zk, String path) {
        return zk.getChildren(path).thenCompose(names -> {
            List<CompletableFuture<List<String>>> parts = names.orElse(List.of()).stream()
                    .map(name -> below(zk, path + "/" + name).toCompletableFuture())
                    .toList();
            return all(parts).thenApply(done -> {
                List<String> paths = new ArrayList<>();
                parts.forEach(part -> paths.addAll(part.join()));
                paths.add(path);
                return paths;
            });
        });
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    /** What is gone already does not matter, and parents of what others have there stay. */
    private static void delete(ZkPort zk, List<String> paths) {
        for (int from = 0; from < paths.size(); from += CHUNK) {
            List<CompletableFuture<?>> deletions = new ArrayList<>();
            for (String path : paths.subList(from, Math.min(paths.size(), from + CHUNK))) {
                deletions.add(zk.commit(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION)))
                        .toCompletableFuture());
            }
            for (CompletableFuture<?> deletion : deletions) {
                try {
                    var unused = done(deletion);
                } catch (ZkException e) {
                    if (e.code() != Code.NO_NODE && e.code() != Code.NOT_EMPTY) {
                        throw e;
                    }
                }
            }
        }
    }

    private static List<String> children(ZkPort zk, String path) {
        return done(zk.getChildren(path.isEmpty() ? "/" : path)).orElse(List.of());
    }

    private static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ZkException failure ? failure : e;
        }
    }
}
