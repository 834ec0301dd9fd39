package org.reassign.plugin.requestchannels;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;

/** A ZooKeeper in which a channel's requests lie, and the core's part in reading them. */
final class Stored {
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final ZkPort zk = zooKeeper.open("requester");

    Stored() {
        for (String root : List.of("/admin", RequestZnodes.ROOT, TargetZnode.ROOT)) {
            write(ZkWrite.create(root, ""));
        }
    }

    MemoryZooKeeper zooKeeper() {
        return zooKeeper;
    }

    ZkPort port() {
        return zk;
    }

    static ReassignmentRequest asking(int partition, Integer... replicas) {
        Optional<Replicas> target = replicas.length == 0 ? Optional.empty() : Optional.of(Replicas.of(replicas));
        return new ReassignmentRequest(
                new TreeMap<>(Map.of(new TopicPartition("orders", partition), target)),
                Optional.empty(),
                Optional.empty());
    }

    void write(ZkWrite... writes) {
        zk.commit(List.of(writes)).toCompletableFuture().join();
    }

    void write(List<ZkWrite> writes) {
        write(writes.toArray(ZkWrite[]::new));
    }

    /** Why ZooKeeper refuses a transaction; empty where it was done. */
    Optional<ZkException.Code> refusal(List<ZkWrite> writes) {
        try {
            write(writes);
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(((ZkException) e.getCause()).code());
        }
    }

    Optional<ZkNode> node(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }

    List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                .map(name -> path + "/" + name)
                .toList();
    }

    /** The znodes that match one of these. */
    ZkSnapshot read(List<PathPattern> patterns) {
        SortedMap<String, ZkNode> nodes = new TreeMap<>();
        for (PathPattern pattern : patterns) {
            List<String> paths = List.of(pattern.root());
            for (int depth = 0; depth < pattern.depth(); depth++) {
                paths = paths.stream().flatMap(path -> children(path).stream()).toList();
            }
            paths.forEach(path -> node(path).ifPresent(node -> nodes.put(path, node)));
        }
        return new ZkSnapshot(nodes);
    }

    /** What a requester writes, having read what it has to. */
    List<List<ZkWrite>> submission(RequestChannel channel, ReassignmentRequest request) {
        RequestSubmission way = channel.submission().orElseThrow();
        List<PathPattern> reads =
                way.reads(request).stream().map(PathPattern::new).toList();
        return way.transactions(request, read(reads)).stream()
                .map(RequestSubmission.Piece::writes)
                .toList();
    }

    /** What settles these, as the core would write it. */
    static List<ZkWrite> settling(RequestChannel channel, List<Settlement> settled, ZkSnapshot read) {
        return channel.settle(settled, read).stream()
                .map(SettlementWrite::write)
                .toList();
    }

    /** A controller has carried out all that is asked. */
    void settleAll(RequestChannel channel) {
        ZkSnapshot read = everything(channel);
        List<Settlement> settled = channel.decode(read).stream()
                .flatMap(request -> request.entries().stream()
                        .map(entry ->
                                new Settlement(request.id(), entry.name(), ((StoredRequest.Valid) entry).target())))
                .toList();
        write(settling(channel, settled, read));
    }

    void submit(RequestChannel channel, ReassignmentRequest request) {
        submission(channel, request).forEach(this::write);
    }

    /** What a controller knows that has run for a while: what notifications point to. */
    ZkSnapshot learnt(RequestChannel channel) {
        ZkSnapshot watched = read(channel.watches());
        SortedMap<String, ZkNode> nodes = new TreeMap<>(watched.nodes());
        nodes.putAll(read(channel.pointedTo(watched)).nodes());
        return new ZkSnapshot(nodes);
    }

    /** What a controller knows that starts now: everything. */
    ZkSnapshot everything(RequestChannel channel) {
        SortedMap<String, ZkNode> nodes = new TreeMap<>(read(channel.watches()).nodes());
        nodes.putAll(read(channel.values()).nodes());
        return new ZkSnapshot(nodes);
    }

    /** Request id and entry of all that is asked for or at fault, as text. */
    static List<String> asked(RequestChannel channel, ZkSnapshot stored) {
        return channel.decode(stored).stream()
                .flatMap(incoming -> incoming.entries().stream()
                        .map(entry -> incoming.id().replaceAll("@.*", "@") + " " + text(entry)))
                .toList();
    }

    private static String text(StoredRequest.Entry entry) {
        if (entry instanceof StoredRequest.Valid wanted) {
            return wanted.partition() + " "
                    + wanted.target().map(Replicas::toString).orElse("cancel");
        }
        if (entry instanceof StoredRequest.Overwritten lost) {
            return lost.partition() + " " + lost.refusal().code();
        }
        StoredRequest.Invalid faulty = (StoredRequest.Invalid) entry;
        return faulty.name() + " " + faulty.refusal().code();
    }
}
