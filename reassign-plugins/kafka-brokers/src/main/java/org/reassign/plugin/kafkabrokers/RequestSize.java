package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.requests.AbstractRequest;

/** Splits a request until each part is small enough for the broker, which closes the connection on a larger one. */
final class RequestSize {
    /** More than a request's header with the client's name. */
    private static final int HEADER = 1_000;

    private RequestSize() {}

    /**
     * The requests that carry these items, in their order; one request where there are none. A single item that is too
     * large is sent nevertheless.
     */
    static <P> List<AbstractRequest.Builder<?>> split(
            List<P> items, int maxBytes, Function<List<P>, AbstractRequest.Builder<?>> request) {
        List<AbstractRequest.Builder<?>> parts = new ArrayList<>();
        split(items, maxBytes, request, parts);
        return parts;
    }

    private static <P> void split(
            List<P> items,
            int maxBytes,
            Function<List<P>, AbstractRequest.Builder<?>> request,
            List<AbstractRequest.Builder<?>> parts) {
        AbstractRequest.Builder<?> whole = request.apply(items);
        if (items.size() <= 1 || bytes(whole) <= maxBytes) {
            parts.add(whole);
            return;
        }
        int half = items.size() / 2;
        split(items.subList(0, half), maxBytes, request, parts);
        split(items.subList(half, items.size()), maxBytes, request, parts);
    }

    static int bytes(AbstractRequest.Builder<?> request) {
        short version = request.latestAllowedVersion();
        return HEADER + request.build(version).data().size(new ObjectSerializationCache(), version);
    }
}
