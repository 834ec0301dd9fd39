package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.ledger.LedgerEntry;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.Await;

/** One request channel as stored: watches its paths, reads what is new, and shows it to the ledger. */
final class ChannelReader {
    /** The place of a channel whose znodes are decoded together. */
    private static final String ALL = "";

    private final String name;
    private final RequestChannel channel;
    private final Ledger ledger;
    private final ZkPort zk;
    private final Consumer<String> odd;
    private final Runnable rootMissing;
    private final boolean hasValues;
    private final SortedMap<String, ZkNode> nodes = new TreeMap<>();
    /** Paths whose content is not decoded yet. */
    private final Set<String> changed = new TreeSet<>();
    /** Paths that must be read again: our write of them succeeded or failed. */
    private final Set<String> outdated = new HashSet<>();
    /** The same instance for all, so that ZooKeeper keeps one watch of each znode. */
    private final Consumer<ZkEvent> mayHaveChanged;

    private final Loop loop;

    private boolean stale = true;
    /** Whether all must be read, including values that no request points to. */
    private boolean invalid = true;

    ChannelReader(
            NamedPlugin<RequestChannel> channel,
            Ledger ledger,
            ZkPort zk,
            Loop loop,
            Consumer<String> odd,
            Runnable rootMissing) {
        this.name = channel.name();
        this.channel = channel.plugin();
        this.ledger = ledger;
        this.zk = zk;
        this.loop = loop;
        this.odd = odd;
        this.rootMissing = rootMissing;
        this.hasValues = !this.channel.values().isEmpty();
        this.mayHaveChanged = event -> loop.mark(this::markStale);
    }

    String name() {
        return name;
    }

    boolean has(ChannelTrait trait) {
        return channel.traits().contains(trait);
    }

    /** Whether its requests point to values, which it may share with other channels. */
    boolean hasValues() {
        return hasValues;
    }

    /** Zxids at which the znodes were created or written. */
    Set<Long> zxids() {
        Set<Long> zxids = new HashSet<>();
        nodes.values().forEach(node -> {
            zxids.add(node.stat().czxid());
            zxids.add(node.stat().mzxid());
        });
        return zxids;
    }

    boolean knows(String path) {
        return nodes.containsKey(path);
    }

    /** Whether it is a request's znode, and no value. */
    boolean watches(String path) {
        return channel.watches().stream().anyMatch(pattern -> pattern.matches(path));
    }

    /**
     * Everything must be read again: the connection was lost, or znodes shared with other channels may have changed.
     */
    void invalidate() {
        stale = true;
        invalid = true;
    }

    boolean isInvalid() {
        return invalid;
    }

    /** A write of this znode failed: another client may have changed it. */
    void readAgain(String path) {
        if (hasValues) {
            invalidate();
            loop.mark(() -> {}); // there may be nothing else to do
        } else {
            stale = true;
            outdated.add(path);
        }
    }

    /** Reads what may have changed; returns whether it did read. */
    boolean refresh() {
        if (!stale) {
            return false;
        }
        boolean all = invalid;
        stale = false;
        invalid = false;
        if (all) {
            changed.addAll(nodes.keySet());
            nodes.clear();
            outdated.clear();
        }
        readWatched();
        if (!invalid) {
            readValues(all);
        }
        if (!invalid) {
            decode();
        }
        return true;
    }

    /**
     * Reads all values if everything is read, otherwise those that the requests point to, and repeats while new
     * requests arrive: a value must not be decoded without the request that was written in the same transaction,
     * because it would be taken for a request of its own.
     */
    private void readValues(boolean all) {
        if (!hasValues) {
            return;
        }
        List<PathPattern> patterns = all ? channel.values() : channel.pointedTo(new ZkSnapshot(nodes));
        while (read(patterns)) {
            Set<String> before = new HashSet<>(nodes.keySet());
            readWatched();
            SortedMap<String, ZkNode> come = new TreeMap<>(nodes);
            come.keySet().removeAll(before);
            patterns = channel.pointedTo(new ZkSnapshot(come));
        }
    }

    private boolean read(List<PathPattern> patterns) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        patterns.forEach(pattern -> MatchingPaths.of(pattern, zk).forEach(path -> reads.put(path, zk.getData(path))));
        reads.forEach((path, answer) -> keep(path, Await.done(answer)));
        return !reads.isEmpty();
    }

    private void readWatched() {
        for (PathPattern pattern : channel.watches()) {
            if (pattern.depth() == 0) {
                keep(pattern.text(), Await.done(zk.getData(pattern.text(), mayHaveChanged)));
            } else {
                readChildren(pattern.root());
            }
        }
    }

    private void markStale() {
        stale = true;
    }

    private void readChildren(String root) {
        Optional<List<String>> names = Await.done(zk.getChildren(root, mayHaveChanged));
        if (names.isEmpty()) {
            // there is no watch then, and a client may create it again
            stale |= Await.done(zk.getData(root, mayHaveChanged)).isPresent();
            rootMissing.run();
        }
        Set<String> paths = new TreeSet<>();
        names.orElse(List.of()).forEach(child -> paths.add(root + "/" + child));
        List<String> gone = nodes.tailMap(root + "/").keySet().stream()
                .takeWhile(path -> path.startsWith(root + "/"))
                .filter(path -> !paths.contains(path))
                .toList();
        gone.forEach(path -> keep(path, Optional.empty()));
        if (hasValues && !gone.isEmpty()) {
            readAgain(root); // a value announced there, and overwritten since, would look like one without a request
        }
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        paths.stream()
                .filter(path -> outdated.remove(path) || !nodes.containsKey(path))
                .forEach(path -> reads.put(path, zk.getData(path)));
        new ArrayList<>(reads.keySet()).forEach(path -> {
            Optional<ZkNode> node = Await.done(reads.get(path));
            keep(path, node);
            node.filter(found -> found.data().length == 0 && found.stat().children() > 0)
                    .ifPresent(found -> odd.accept(path));
        });
    }

    private void keep(String path, Optional<ZkNode> node) {
        Optional<ZkNode> before = Optional.ofNullable(nodes.get(path));
        node.ifPresentOrElse(found -> nodes.put(path, found), () -> nodes.remove(path));
        if (!before.map(ZkNode::stat).equals(node.map(ZkNode::stat))) {
            changed.add(path);
        }
    }

    /** Hands changed znodes to the ledger: one at a time, unless requests and values must be decoded together. */
    private void decode() {
        if (hasValues && !changed.isEmpty()) {
            ledger.observe(name, channel.traits(), ALL, channel.decode(new ZkSnapshot(nodes)));
        } else {
            changed.forEach(path -> ledger.observe(name, channel.traits(), path, decode(path)));
        }
        changed.clear();
    }

    private List<StoredRequest> decode(String path) {
        ZkSnapshot one = only(List.of(path));
        return one.nodes().isEmpty() ? List.of() : channel.decode(one);
    }

    private ZkSnapshot only(List<String> paths) {
        SortedMap<String, ZkNode> some = new TreeMap<>();
        paths.stream().filter(nodes::containsKey).forEach(path -> some.put(path, nodes.get(path)));
        return new ZkSnapshot(some);
    }

    /**
     * The writes that remove these entries.
     *
     * @param all all open channels, some of which may share values with this one
     * @param gone paths that are deleted before
     */
    List<SettlementWrite> settle(List<LedgerEntry> entries, List<ChannelReader> all, Set<String> gone) {
        if (entries.isEmpty()) {
            return List.of();
        }
        ZkSnapshot stored = hasValues
                ? shared(all, gone)
                : only(entries.stream().map(entry -> entry.request().path()).toList());
        return channel.settle(entries.stream().map(LedgerEntry::settlement).toList(), stored);
    }

    /** This channel's znodes, and the shared values that other channels have read. */
    private ZkSnapshot shared(List<ChannelReader> all, Set<String> gone) {
        SortedMap<String, ZkNode> known = new TreeMap<>(nodes);
        for (ChannelReader other : all) {
            if (other != this && other.hasValues) {
                other.nodes.forEach((path, node) -> {
                    if (channel.values().stream().anyMatch(pattern -> pattern.matches(path))) {
                        known.merge(
                                path,
                                node,
                                (a, b) -> a.stat().mzxid() < b.stat().mzxid() ? b : a);
                    }
                });
            }
        }
        known.keySet().removeAll(gone);
        return new ZkSnapshot(known);
    }

    /**
     * Writes of this channel's znodes were done: deleted znodes are gone, and so are entries removed from a znode,
     * which is read again. An entry found there again is a new request.
     */
    void written(List<ZkWrite> writes) {
        for (ZkWrite write : writes) {
            ZkNode before = nodes.remove(write.path());
            changed.add(write.path());
            stale |= !(write instanceof ZkWrite.Delete);
            if (write instanceof ZkWrite.SetData && before != null) {
                nodes.put(write.path(), new ZkNode(write.data(), before.stat()));
                outdated.add(write.path());
            }
        }
        decode();
    }
}
