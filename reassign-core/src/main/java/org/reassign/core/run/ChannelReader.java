package org.reassign.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.reassign.api.spi.Incoming;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.store.Await;

/** One request channel as stored: watches its paths and reads what is new. Used by the loop's thread only. */
final class ChannelReader {
    private final RequestChannel channel;
    private final ZkPort zk;
    private final Loop loop;
    private final SortedMap<String, ZkNode> nodes = new TreeMap<>();
    private boolean stale = true;
    private List<Incoming> requests = List.of();

    ChannelReader(RequestChannel channel, ZkPort zk, Loop loop) {
        this.channel = channel;
        this.zk = zk;
        this.loop = loop;
    }

    RequestChannel channel() {
        return channel;
    }

    List<Incoming> requests() {
        return requests;
    }

    ZkSnapshot stored() {
        return new ZkSnapshot(nodes);
    }

    /** Everything must be read again: a conditional write failed, or the connection was lost. */
    void invalidate() {
        nodes.clear();
        stale = true;
    }

    /** Reads what may have changed; returns whether it did read. */
    boolean refresh() {
        if (!stale) {
            return false;
        }
        stale = false;
        for (PathPattern pattern : channel.watches()) {
            if (pattern.depth() == 0) {
                keep(pattern.text(), Await.done(zk.getData(pattern.text(), event -> loop.mark(this::markStale))));
            } else {
                readChildren(pattern.root());
            }
        }
        requests = channel.decode(stored());
        return true;
    }

    private void markStale() {
        stale = true;
    }

    private void readChildren(String root) {
        List<String> names = Await.done(zk.getChildren(root, event -> loop.mark(this::markStale)))
                .orElse(List.of());
        List<String> paths =
                names.stream().sorted().map(name -> root + "/" + name).toList();
        nodes.keySet().removeIf(path -> path.startsWith(root + "/") && !paths.contains(path));
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        paths.stream().filter(path -> !nodes.containsKey(path)).forEach(path -> reads.put(path, zk.getData(path)));
        new ArrayList<>(reads.keySet()).forEach(path -> keep(path, Await.done(reads.get(path))));
    }

    private void keep(String path, Optional<ZkNode> node) {
        node.ifPresentOrElse(found -> nodes.put(path, found), () -> nodes.remove(path));
    }

    /** A write of this channel's was done: what it deleted is gone, what it changed is read again. */
    void written(String path, boolean deleted) {
        nodes.remove(path);
        stale |= !deleted;
        requests = deleted ? channel.decode(stored()) : requests;
    }
}
