package org.reassign.core.observe;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.reassign.api.model.Broker;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.store.Await;

/** Reads the registered brokers, and watches for those that come and go or, where wanted, change. */
public final class BrokerReader {
    /** Below it is a znode for each registered broker. */
    public static final String ROOT = "/brokers/ids";

    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final ZkReader zk;
    /** The same instance at each read, so that it stays one watch. */
    private final Consumer<ZkEvent> watch;

    private final boolean inPlace;
    private final Runnable rootMissing;

    /**
     * Nothing is read yet.
     *
     * @param inPlace whether each registration is watched, too, since a broker may rewrite it in place
     * @param changed called on any thread after a read, when a broker comes or goes, or so rewrites its registration
     * @param rootMissing called by a read that does not find the parent, so that nothing is watched
     */
    public BrokerReader(ZkReader zk, boolean inPlace, Runnable changed, Runnable rootMissing) {
        this.zk = zk;
        this.inPlace = inPlace;
        this.watch = event -> changed.run();
        this.rootMissing = rootMissing;
    }

    /** All registered brokers. */
    public SortedMap<Integer, Broker> read() {
        SortedMap<Integer, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        Optional<List<String>> names = Await.done(zk.getChildren(ROOT, watch));
        if (names.isEmpty()) {
            rootMissing.run();
        }
        names.orElse(List.of()).stream()
                .filter(BrokerReader::isId)
                .forEach(name -> reads.put(Integer.parseInt(name), read(ROOT + "/" + name)));
        SortedMap<Integer, Broker> brokers = new TreeMap<>();
        reads.forEach((id, answer) ->
                Await.done(answer).ifPresent(node -> brokers.put(id, RegistrationJson.decode(id, node))));
        return brokers;
    }

    private CompletionStage<Optional<ZkNode>> read(String path) {
        return inPlace ? zk.getData(path, watch) : zk.getData(path);
    }

    private static boolean isId(String name) {
        return ID.matcher(name).matches() && Long.parseLong(name) <= Integer.MAX_VALUE;
    }
}
