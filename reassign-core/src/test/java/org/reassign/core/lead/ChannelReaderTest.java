package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.plugin.NamedPlugin;

/** A channel decodes what has changed, and nothing else. */
class ChannelReaderTest {
    private static final String ROOT = "/requests";
    private static final String VALUES = "/values";

    private final ZkPort zk = new MemoryZooKeeper(Runnable::run, () -> 0).open("operator");
    private final Later timers = new Later();
    private final Loop loop = new Loop(timers, () -> {}, why -> {}, () -> {}, Later.WATCHES_NOTHING);
    private final Ledger ledger = new Ledger(0);
    private final List<String> decoded = new ArrayList<>();
    private final ChannelReader reader = new ChannelReader(
            new NamedPlugin<RequestChannel>("plain", new Plain()), ledger, zk, loop, path -> {}, () -> {});

    @BeforeEach
    void threeRequestsAreRead() {
        write(ZkWrite.create(ROOT, ""));
        for (String name : List.of("/a", "/b", "/c")) {
            write(ZkWrite.create(ROOT + name, "x"));
        }
        refresh();
        assertThat(decoded).containsExactly("/requests/a", "/requests/b", "/requests/c");
        assertThat(ledger.countWaiting()).isEqualTo(3);
        decoded.clear();
    }

    @Test
    void ofManyRequestsTheNewOneIsDecoded() {
        write(ZkWrite.create(ROOT + "/d", "x"));
        refresh();
        assertThat(decoded).containsExactly("/requests/d");
        assertThat(ledger.countWaiting()).isEqualTo(4);
    }

    @Test
    void whatIsGoneNeedsNoDecoding() {
        write(ZkWrite.delete(ROOT + "/b", 0));
        refresh();
        assertThat(decoded).isEmpty();
        assertThat(ledger.countWaiting()).isEqualTo(2);
    }

    @Test
    void ourOwnWritesAreKnownAtOnceAndReadAgain() {
        reader.written(List.of(ZkWrite.setData(ROOT + "/a", "", 0), ZkWrite.delete(ROOT + "/b", 0)));
        assertThat(decoded).containsExactly("/requests/a");
        assertThat(ledger.countWaiting()).isEqualTo(1);

        reader.refresh();
        assertThat(ledger.countWaiting()).as("what stands there is what counts").isEqualTo(2);
    }

    /** Its value has been overwritten since it was read, and would look like one without a request. */
    @Test
    void whereAnotherClientDeletesARequestItsValueIsReadAgainBeforeItIsDecoded() {
        List<String> values = new ArrayList<>();
        ChannelReader valued = new ChannelReader(
                new NamedPlugin<RequestChannel>("valued", new Valued(values)),
                new Ledger(0),
                zk,
                loop,
                path -> {},
                () -> {});
        write(ZkWrite.create(VALUES, ""));
        write(ZkWrite.create(VALUES + "/v", "old"));
        valued.refresh();
        write(ZkWrite.setData(VALUES + "/v", "new", 0));
        write(ZkWrite.delete(ROOT + "/a", 0));
        values.clear();
        while (timers.tasks.size() > 0) {
            timers.tasks.remove().run();
            valued.refresh();
        }

        assertThat(values).isNotEmpty().containsOnly("new");
    }

    private void refresh() {
        while (!timers.tasks.isEmpty()) {
            timers.tasks.remove().run();
        }
        reader.refresh();
    }

    private void write(ZkWrite write) {
        zk.commit(List.of(write)).toCompletableFuture().join();
    }

    /** A request announces all values. */
    private final class Valued extends Plain {
        private final List<String> read;

        Valued(List<String> read) {
            this.read = read;
        }

        @Override
        public List<PathPattern> values() {
            return List.of(new PathPattern(VALUES + "/*"));
        }

        @Override
        public List<PathPattern> pointedTo(ZkSnapshot stored) {
            return stored.get(ROOT + "/a").isPresent() ? values() : List.of();
        }

        @Override
        public List<StoredRequest> decode(ZkSnapshot stored) {
            stored.get(VALUES + "/v").ifPresent(node -> read.add(node.text()));
            return List.of();
        }
    }

    /** A request that is there asks for one partition, whatever its znode holds. */
    private class Plain implements RequestChannel {
        @Override
        public Mechanism mechanism() {
            return Mechanism.REQUEST;
        }

        @Override
        public Optional<RequestSubmission> submission() {
            return Optional.empty();
        }

        @Override
        public List<PathPattern> watches() {
            return List.of(new PathPattern(ROOT + "/*"));
        }

        @Override
        public List<StoredRequest> decode(ZkSnapshot stored) {
            decoded.addAll(stored.nodes().keySet());
            return stored.nodes().entrySet().stream()
                    .filter(node -> node.getValue().data().length > 0)
                    .map(node -> StoredRequest.of(
                            node.getKey(),
                            mechanism(),
                            node.getValue().stat().czxid(),
                            List.of(new StoredRequest.Valid(new TopicPartition("t", 0), Optional.of(Replicas.of(1))))))
                    .toList();
        }

        @Override
        public List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored) {
            return List.of();
        }
    }
}
