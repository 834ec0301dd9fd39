package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.RequestSubmission;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.spi.StoredRequest.Valid;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/** A channel's znodes, and what requester and core do with them. */
final class StoredRequests {
    private final RequestChannel channel;
    private final StoredZnodes znodes = new StoredZnodes();

    private StoredRequests(RequestChannel channel) {
        this.channel = channel;
        all().forEach(pattern -> {
            String root = pattern.root();
            znodes.makeRoot(pattern.depth() == 0 ? root.substring(0, root.lastIndexOf('/')) : root);
        });
    }

    /** No request, and the roots that the core makes. */
    static StoredRequests of(RequestChannel channel) {
        return new StoredRequests(channel);
    }

    /** Three partitions of two topics, one with a dash and a number at its end. */
    static ReassignmentRequest request() {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        targets.put(new TopicPartition("orders", 0), Optional.of(Replicas.of(4, 5, 6)));
        targets.put(new TopicPartition("orders", 10), Optional.of(Replicas.of(6)));
        targets.put(new TopicPartition("orders-1", 0), Optional.of(Replicas.of(1, 0)));
        return new ReassignmentRequest(targets, Optional.of("älice"), Optional.of("\"rack\" move"));
    }

    static ReassignmentRequest asking(TopicPartition partition, Optional<Replicas> target) {
        return new ReassignmentRequest(new TreeMap<>(Map.of(partition, target)), Optional.empty(), Optional.empty());
    }

    private List<PathPattern> all() {
        return Stream.concat(channel.watches().stream(), channel.values().stream())
                .toList();
    }

    StoredZnodes znodes() {
        return znodes;
    }

    /** What the core has read when it begins: all of it. */
    ZkSnapshot stored() {
        return znodes.matching(all());
    }

    /** What the core has read when it learnt of the requests while it ran. */
    ZkSnapshot learnt() {
        List<PathPattern> read = new ArrayList<>(channel.watches());
        read.addAll(channel.pointedTo(znodes.matching(channel.watches())));
        return znodes.matching(read);
    }

    /** The transactions that a requester would write, having read what the channel says it has to. */
    List<List<ZkWrite>> submission(ReassignmentRequest request) {
        RequestSubmission way = channel.submission().orElseThrow();
        List<PathPattern> reads =
                way.reads(request).stream().map(PathPattern::new).toList();
        return way.transactions(request, znodes.matching(reads)).stream()
                .map(RequestSubmission.Piece::writes)
                .toList();
    }

    /** Hands in a request. */
    StoredRequests submit(ReassignmentRequest request) {
        submission(request).forEach(znodes::commit);
        return this;
    }

    List<StoredRequest> decode() {
        return channel.decode(stored());
    }

    /** How many entries there are. */
    int entries() {
        return decode().stream().mapToInt(incoming -> incoming.entries().size()).sum();
    }

    /** Everything that is asked for; nothing may be refused, or asked for twice. */
    SortedMap<TopicPartition, Optional<Replicas>> wanted() {
        return wanted(stored());
    }

    SortedMap<TopicPartition, Optional<Replicas>> wanted(ZkSnapshot stored) {
        SortedMap<TopicPartition, Optional<Replicas>> wanted = new TreeMap<>();
        for (StoredRequest incoming : channel.decode(stored)) {
            assertThat(incoming.refusal()).isEmpty();
            for (StoredRequest.Entry entry : incoming.entries()) {
                assertThat(entry).isInstanceOf(Valid.class);
                Valid one = (Valid) entry;
                assertThat(wanted.put(one.partition(), one.target())).isNull();
            }
        }
        return wanted;
    }

    /** Every entry as settled; a request without entries under its own id. */
    List<Settlement> settlements() {
        List<Settlement> settlements = new ArrayList<>();
        for (StoredRequest incoming : decode()) {
            for (StoredRequest.Entry entry : incoming.entries()) {
                Optional<Replicas> target =
                        entry instanceof Valid wanted ? wanted.target() : Optional.<Replicas>empty();
                settlements.add(new Settlement(incoming.id(), entry.name(), target));
            }
            if (incoming.entries().isEmpty()) {
                settlements.add(new Settlement(incoming.id(), incoming.id(), Optional.empty()));
            }
        }
        return settlements;
    }

    /** Writes what settles these. */
    void settle(List<Settlement> settled) {
        znodes.commit(channel.settle(settled, stored()).stream()
                .map(SettlementWrite::write)
                .toList());
    }
}
