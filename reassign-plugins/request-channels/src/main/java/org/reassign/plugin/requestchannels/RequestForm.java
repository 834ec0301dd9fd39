package org.reassign.plugin.requestchannels;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;

/**
 * What all request znodes have in common: a JSON object of version 1, in which each known field stands once, and lists
 * of brokers.
 */
final class RequestForm {
    private static final int VERSION = 1;
    /** The most characters of a requester or a reason, which every record of the request repeats. */
    private static final int LONGEST_TEXT = 10_000;
    /** The most brokers of a list: far more than a partition has replicas. */
    private static final int MOST_BROKERS = 1_000;

    private RequestForm() {}

    /** Reads the bytes of a request znode: a JSON object of version 1 in which no field stands twice. */
    static JsonTree.Obj read(String path, byte[] data) throws Fault {
        JsonTree.Obj request = object(path, data);
        Set<String> seen = new LinkedHashSet<>();
        for (JsonTree.Member member : request.members()) {
            if (!seen.add(member.name())) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        path + " has the field '" + Shown.cut(member.name()) + "' twice; write it once");
            }
        }
        requireVersion(path, request);
        return request;
    }

    private static JsonTree.Obj object(String path, byte[] data) throws Fault {
        try {
            if (JsonTree.parse(data) instanceof JsonTree.Obj object) {
                return object;
            }
        } catch (IOException e) {
            throw new Fault(
                    Code.NOT_JSON, path + " does not hold JSON (" + firstLine(e) + "); write it anew, or delete it");
        }
        throw new Fault(Code.WRONG_TYPE, path + " holds JSON, but no object; write it anew as {\"version\":1,…}");
    }

    private static String firstLine(IOException e) {
        return e.getMessage() == null
                ? "its bytes are not UTF-8"
                : Shown.cut(e.getMessage().lines().findFirst().orElse("").strip());
    }

    private static void requireVersion(String path, JsonTree.Obj request) throws Fault {
        List<JsonTree> versions = request.all("version");
        if (versions.isEmpty()) {
            throw new Fault(Code.WRONG_TYPE, path + " has no field 'version'; add \"version\":1");
        }
        if (!(versions.get(0) instanceof JsonTree.Num number)) {
            throw new Fault(
                    Code.WRONG_TYPE, path + " has the version " + Shown.cut(versions.get(0)) + "; write \"version\":1");
        }
        if (!number.asInt().equals(Optional.of(VERSION))) {
            throw new Fault(
                    Code.UNSUPPORTED_VERSION,
                    path + " has the version " + Shown.cut(number)
                            + ", and only 1 is understood; write it as version 1");
        }
    }

    /** A field that holds text; empty where it is absent or null. */
    static Optional<String> text(String path, JsonTree.Obj request, String field) throws Fault {
        for (JsonTree value : request.all(field)) {
            if (value instanceof JsonTree.Text text) {
                requireShort(path, field, text.value());
                return Optional.of(text.value());
            }
            if (value != JsonTree.Word.NULL) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        path + " has " + Shown.cut(value) + " as '" + field
                                + "', which must be text; quote it or leave it out");
            }
        }
        return Optional.empty();
    }

    /**
     * The name under which the outcomes of a request are to be kept: its submission, or its id where it has none that can
     * be one; empty where {@code "answer"} is not {@code true}.
     */
    static Optional<String> answer(String path, JsonTree.Obj request, String id) throws Fault {
        for (JsonTree value : request.all("answer")) {
            if (value == JsonTree.Word.TRUE) {
                return text(path, request, "submission")
                        .filter(KeptAnswer::isName)
                        .or(() -> Optional.of(id));
            }
            if (value != JsonTree.Word.FALSE && value != JsonTree.Word.NULL) {
                throw new Fault(
                        Code.WRONG_TYPE,
                        path + " has " + Shown.cut(value) + " as 'answer'; write true, or leave it out");
            }
        }
        return Optional.empty();
    }

    /** The members that say who has written a request, and whether its outcomes are to be kept. */
    static List<JsonTree.Member> written(ReassignmentRequest request) {
        List<JsonTree.Member> members = new ArrayList<>();
        request.submission().ifPresent(id -> members.add(new JsonTree.Member("submission", new JsonTree.Text(id))));
        if (request.answer()) {
            members.add(new JsonTree.Member("answer", JsonTree.Word.TRUE));
        }
        return members;
    }

    private static void requireShort(String path, String field, String text) throws Fault {
        if (text.length() > LONGEST_TEXT) {
            throw new Fault(
                    Code.TOO_LARGE,
                    path + " has " + text.length() + " characters as '" + field + "', and " + LONGEST_TEXT
                            + " may stand there; shorten it");
        }
    }

    /**
     * A list of brokers, not empty, each an id of at least 0 and each once.
     *
     * @param where the subject of the sentence, path and partition
     */
    static Replicas replicas(String where, JsonTree value) throws Fault {
        if (!(value instanceof JsonTree.Arr list)) {
            throw new Fault(
                    Code.WRONG_TYPE, where + " has the replicas " + Shown.cut(value) + "; write a list of broker ids");
        }
        if (list.items().isEmpty()) {
            throw new Fault(Code.EMPTY_REPLICAS, where + " has the empty replica list []; name at least one broker");
        }
        requireFew(where, list.items().size());
        Set<Integer> ids = new LinkedHashSet<>();
        for (JsonTree item : list.items()) {
            int id = broker(where, item);
            if (!ids.add(id)) {
                throw new Fault(
                        Code.DUPLICATE_BROKERS,
                        where + " names broker " + id + " twice in " + Shown.cut(list) + "; name each broker once");
            }
        }
        return Replicas.copyOf(ids);
    }

    private static void requireFew(String where, int brokers) throws Fault {
        if (brokers > MOST_BROKERS) {
            throw new Fault(
                    Code.TOO_LARGE,
                    where + " names " + brokers + " brokers, and " + MOST_BROKERS + " may stand in a list; name fewer");
        }
    }

    private static int broker(String where, JsonTree item) throws Fault {
        Optional<Integer> id = item instanceof JsonTree.Num number ? number.asInt() : Optional.empty();
        if (id.isEmpty()) {
            throw new Fault(
                    Code.WRONG_TYPE,
                    where + " names " + Shown.cut(item)
                            + " as a broker; a broker id is a whole number from 0 to 2147483647");
        }
        if (id.get() < 0) {
            throw new Fault(
                    Code.NEGATIVE_BROKER,
                    where + " names broker " + id.get() + "; a broker id is at least 0, so name another broker");
        }
        return id.get();
    }

    /** The JSON of a list of brokers. */
    static JsonTree.Arr json(Replicas replicas) {
        List<JsonTree> items = new ArrayList<>();
        replicas.ids().forEach(id -> items.add(JsonTree.Num.of(id)));
        return new JsonTree.Arr(items);
    }

    /**
     * Refuses what must not become a path, or is longer than the controller takes.
     *
     * @throws IllegalArgumentException with a sentence for the user, also where no partition is named
     */
    static void requireSubmittable(ReassignmentRequest request) {
        if (request.targets().isEmpty()) {
            throw new IllegalArgumentException("the request names no partition; name at least one");
        }
        try {
            requireShort("the request", "requester", request.requester().orElse(""));
            requireShort("the request", "reason", request.reason().orElse(""));
            for (TopicPartition partition : request.targets().keySet()) {
                EntryName.requireTopicName("the request", partition.topic());
                int brokers =
                        request.targets().get(partition).map(Replicas::size).orElse(0);
                requireFew("the request, " + partition + ",", brokers);
            }
        } catch (Fault fault) {
            throw new IllegalArgumentException(fault.getMessage(), fault);
        }
    }
}
