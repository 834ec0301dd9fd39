package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.spi.StoredRequest.Invalid;
import org.reassign.api.spi.StoredRequest.Valid;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;
import org.reassign.plugin.requestchannels.Legacy;
import org.reassign.plugin.requestchannels.NotifyNames;
import org.reassign.plugin.requestchannels.NotifyScan;
import org.reassign.plugin.requestchannels.Payload;

/** Whatever stands in request znodes gets an answer, and what is good in them goes on. */
class BadRequestsTest {
    private static final String REQUESTS = "/admin/reassignment_requests/";
    private static final String TARGETS = "/admin/reassignment_targets/";
    private static final String LEGACY = "/admin/reassign_partitions";

    private static final List<String> PAYLOADS = List.of(
            "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"orders\":{\"0\":[1,2,3],\"1\":null},"
                    + "\"many-1\":{\"10\":[4]}},\"requester\":\"alice\",\"reason\":\"rack move\"}",
            "{\"version\":1,\"assignments\":{\"orders\":{\"0\":[1,2]}}}");
    private static final List<String> NOTIFICATIONS = List.of(
            "{\"version\":1,\"kind\":\"names\",\"partitions\":{\"orders\":[0,1],\"many-1\":[10]},\"reason\":\"r\"}",
            "{\"version\":1,\"kind\":\"scan\",\"requester\":\"alice\"}");
    private static final List<String> VALUES =
            List.of("{\"version\":1,\"replicas\":[1,2,3]}", "{\"version\":1,\"replicas\":null}", "null");
    private static final String ENTRIES = "{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0,"
            + "\"replicas\":[1,2],\"log_dirs\":[\"any\",\"any\"]},{\"topic\":\"many-1\",\"partition\":10,"
            + "\"replicas\":[4],\"note\":\"n\"}],\"from\":\"tool\"}";

    private static final List<String> SEGMENTS = List.of(
            "orders", "many-1", "0", "1", "10", "007", "-1", "größe", "a b", "*", "2147483648", "...", "x".repeat(300));

    /** The path of a value or its parent; a segment of dots alone would be another znode's. */
    private static final Pattern VALUE =
            Pattern.compile("/admin/reassignment_targets(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+|/\\*){1,2}");

    private static final TopicPartition GOOD = new TopicPartition("good", 7);
    private static final StoredRequest.Entry GOOD_ENTRY = new Valid(GOOD, Optional.of(Replicas.of(5, 6)));

    private final Payload payload = new Payload();
    private final Legacy legacy = new Legacy();
    private final NotifyNames names = new NotifyNames();
    private final NotifyScan scan = new NotifyScan();

    @Test
    void aPayloadRequest() {
        Cases.each(18, draw -> {
            byte[] bytes = Mutation.bytes(draw, draw.of(PAYLOADS));
            isAnswered(payload, nodes(REQUESTS + "request_0000000007", bytes));
        });
    }

    @Test
    void theLegacyZnode() {
        Cases.each(18, draw -> {
            SortedMap<String, ZkNode> nodes = nodes(LEGACY, Mutation.bytes(draw, ENTRIES));
            isAnswered(legacy, nodes);
            isAddedTo(nodes);
        });
    }

    @Test
    void notificationsAndTheirValues() {
        Cases.each(18, draw -> {
            SortedMap<String, ZkNode> nodes = new TreeMap<>();
            for (int i = draw.below(3); i >= 0; i--) {
                String path = TARGETS + draw.of(SEGMENTS) + "/" + draw.of(SEGMENTS);
                put(nodes, path.substring(0, path.lastIndexOf('/')), new byte[0], draw);
                put(nodes, path, Mutation.bytes(draw, draw.of(VALUES)), draw);
            }
            for (int i = draw.below(3); i >= 0; i--) {
                put(nodes, REQUESTS + "request_000000000" + i, Mutation.bytes(draw, draw.of(NOTIFICATIONS)), draw);
            }
            isAnswered(draw.oneIn(2) ? names : scan, nodes);
        });
    }

    @Test
    void anEntryOfAPayloadRequestWhileAnotherIsGood() {
        Cases.each(8, draw -> {
            Document request = Document.of(
                    "{\"version\":1,\"assignments\":{\"orders\":{\"0\":[1,2],\"1\":null},\"many-1\":{\"10\":[4]}}}");
            Document.Obj assignments = (Document.Obj) ((Document.Obj) request).get("assignments");
            Mutation.change(draw, assignments, false);
            Mutation.change(draw, draw.of(assignments.containers()), false);
            assignments.members().add(new Document.Member("good", Document.of("{\"7\":[5,6]}")));
            goesOn(payload, REQUESTS + "request_0000000007", Mutation.bytesOf(draw, false, request.text()));
        });
    }

    @Test
    void anEntryOfTheLegacyZnodeWhileAnotherIsGood() {
        Cases.each(8, draw -> {
            Document znode = Document.of(ENTRIES);
            Document.Arr entries = (Document.Arr) ((Document.Obj) znode).get("partitions");
            Mutation.change(draw, entries, false);
            Mutation.change(draw, draw.of(entries.containers()), false);
            entries.items().add(Document.of("{\"topic\":\"good\",\"partition\":7,\"replicas\":[5,6]}"));
            goesOn(legacy, LEGACY, Mutation.bytesOf(draw, false, znode.text()));
        });
    }

    private void goesOn(RequestChannel channel, String path, byte[] bytes) {
        SortedMap<String, ZkNode> nodes = nodes(path, bytes);
        assertThat(channel.decode(new ZkSnapshot(nodes)))
                .singleElement()
                .satisfies(request -> assertThat(request.refusal()).isEmpty())
                .satisfies(request -> assertThat(request.entries()).contains(GOOD_ENTRY));
        isAnswered(channel, nodes);
    }

    private static SortedMap<String, ZkNode> nodes(String path, byte[] bytes) {
        return new TreeMap<>(Map.of(path, new ZkNode(bytes, new ZkStat(9, 9, 0, 3, 0, false))));
    }

    private static void put(SortedMap<String, ZkNode> nodes, String path, byte[] bytes, Draw draw) {
        int zxid = 1 + draw.below(20);
        nodes.put(path, new ZkNode(bytes, new ZkStat(zxid, zxid, 0, 3, 0, false)));
    }

    private static void isAnswered(RequestChannel channel, SortedMap<String, ZkNode> nodes) {
        ZkSnapshot stored = new ZkSnapshot(nodes);
        channel.pointedTo(stored).forEach(BadRequestsTest::leadsToAValue);
        List<StoredRequest> requests = channel.decode(stored);
        requests.forEach(request -> hasAnswers(request, nodes));

        SortedMap<String, ZkNode> withoutFaults = settled(channel, stored, requests, Invalid.class::isInstance);
        List<StoredRequest> left = channel.decode(new ZkSnapshot(withoutFaults));
        assertThat(wanted(left)).as("what is left").containsExactlyInAnyOrderElementsOf(wanted(requests));
        // a notification stands, faults and all, for as long as a value that it announced
        assertThat(channel.values().isEmpty()
                        && wanted(left).size() < entries(left).size())
                .isFalse();

        SortedMap<String, ZkNode> after = settled(channel, stored, requests, entry -> true);
        assertThat(channel.decode(new ZkSnapshot(after)))
                .as("what is left, all answered")
                .allMatch(request ->
                        channel instanceof Legacy && request.refusal().isPresent());
    }

    private static void leadsToAValue(PathPattern pattern) {
        boolean leads = VALUE.matcher(pattern.text()).matches();
        if (!leads) {
            throw new AssertionError("'" + pattern.text() + "' is no path of a value");
        }
    }

    private static void hasAnswers(StoredRequest request, SortedMap<String, ZkNode> nodes) {
        request.refusal().ifPresent(refusal -> Sentences.require(refusal.sentence(), pathOf(request, nodes)));
        assertThat(request.refusal().isEmpty() || request.entries().isEmpty()).isTrue();
        assertThat(request.entries().stream().map(StoredRequest.Entry::name)).doesNotHaveDuplicates();
        for (StoredRequest.Entry entry : request.entries()) {
            assertThat(entry.name().length()).isBetween(1, 600);
            if (entry instanceof Invalid faulty) {
                Sentences.require(faulty.refusal().sentence(), "/admin/");
            } else if (entry instanceof Valid wanted) {
                assertThat(TopicPartition.isTopicName(wanted.partition().topic()))
                        .isTrue();
                assertThat(wanted.target()).isNotEqualTo(Optional.of(Replicas.NONE));
            }
        }
    }

    private static String pathOf(StoredRequest request, SortedMap<String, ZkNode> nodes) {
        return nodes.keySet().stream()
                .filter(path -> path.endsWith("/" + request.id()))
                .findFirst()
                .orElse("/admin/");
    }

    private static List<StoredRequest.Entry> entries(List<StoredRequest> requests) {
        return requests.stream().flatMap(request -> request.entries().stream()).toList();
    }

    private static List<StoredRequest.Entry> wanted(List<StoredRequest> requests) {
        return entries(requests).stream().filter(Valid.class::isInstance).toList();
    }

    /** What is stored once these entries, and all that have none, are answered. */
    private static SortedMap<String, ZkNode> settled(
            RequestChannel channel,
            ZkSnapshot stored,
            List<StoredRequest> requests,
            Predicate<StoredRequest.Entry> answered) {
        List<Settlement> settlements = new ArrayList<>();
        for (StoredRequest request : requests) {
            if (request.entries().isEmpty()) {
                settlements.add(new Settlement(request.id(), request.id(), Optional.empty()));
            }
            request.entries().stream()
                    .filter(answered)
                    .forEach(entry -> settlements.add(new Settlement(request.id(), entry.name(), target(entry))));
        }
        SortedMap<String, ZkNode> nodes = new TreeMap<>(stored.nodes());
        for (SettlementWrite settling : channel.settle(settlements, stored)) {
            ZkWrite write = settling.write();
            assertThat(nodes).containsKey(write.path());
            ZkNode old = nodes.remove(write.path());
            if (write instanceof ZkWrite.SetData) {
                nodes.put(write.path(), new ZkNode(write.data(), old.stat()));
            }
        }
        return nodes;
    }

    private static Optional<Replicas> target(StoredRequest.Entry entry) {
        return entry instanceof Valid wanted ? wanted.target() : Optional.empty();
    }

    /** A requester that finds this either adds to it or is told in a sentence why it cannot. */
    private void isAddedTo(SortedMap<String, ZkNode> nodes) {
        ReassignmentRequest request = new ReassignmentRequest(
                new TreeMap<>(Map.of(GOOD, Optional.of(Replicas.of(5, 6)))), Optional.empty(), Optional.empty());
        try {
            ZkWrite write = legacy.transactions(request, new ZkSnapshot(nodes))
                    .get(0)
                    .writes()
                    .get(0);
            List<StoredRequest> after = legacy.decode(new ZkSnapshot(nodes(LEGACY, write.data())));
            assertThat(after.get(0).entries()).contains(GOOD_ENTRY);
        } catch (IllegalArgumentException refused) {
            Sentences.require(refused.getMessage(), LEGACY);
        }
    }
}
