package org.reassign.cli.controller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.reassign.cli.UsageException;

/**
 * Answers {@code GET /metrics} in Prometheus' text format, and {@code GET /health} with 200 while the controller leads or
 * stands by with a session that is connected, else with 503; the body says which.
 */
final class HttpEndpoint implements AutoCloseable {
    /** More than one, since a client that is slow with its request has one to itself. */
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread made = new Thread(task, "http");
        made.setDaemon(true);
        return made;
    });

    private record Answer(int code, String type, String body) {}

    private HttpEndpoint(HttpServer server) {
        this.server = server;
    }

    /** Listens; an address that cannot be had is the user's mistake. */
    static HttpEndpoint open(InetSocketAddress address, Supplier<ServiceStatus.Snapshot> status, MetricsPage metrics) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UsageException(
                    "--http " + address.getHostString() + ":" + address.getPort() + " cannot be listened on ("
                            + e.getMessage() + "); name a free port of this machine",
                    e);
        }
        HttpEndpoint endpoint = new HttpEndpoint(server);
        server.setExecutor(endpoint.threads);
        server.createContext("/", exchange -> answer(exchange, "/", () -> text(404, "there are /metrics and /health")));
        server.createContext("/health", exchange -> answer(exchange, "/health", () -> health(status.get())));
        server.createContext(
                "/metrics",
                exchange -> answer(
                        exchange, "/metrics", () -> new Answer(200, metrics.contentType(), metrics.of(status.get()))));
        server.start();
        return endpoint;
    }

    /** Where it listens, as {@code HOST:PORT}. */
    String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private static Answer health(ServiceStatus.Snapshot now) {
        boolean healthy = now.role() == ServiceStatus.Role.LEADING || now.role() == ServiceStatus.Role.STANDING_BY;
        return text(
                healthy ? 200 : 503, now.role().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static Answer text(int code, String line) {
        return new Answer(code, "text/plain; charset=utf-8", line + "\n");
    }

    private static void answer(HttpExchange exchange, String path, Supplier<Answer> page) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Answer answer = !head && !exchange.getRequestMethod().equals("GET")
                    ? text(405, "only GET")
                    : path.equals("/") || exchange.getRequestURI().getPath().equals(path)
                            ? page.get()
                            : text(404, "there are /metrics and /health");
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.code(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
