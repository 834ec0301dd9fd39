package org.reassign.cli.controller;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reassign.core.lead.Workload;
import org.reassign.core.meter.Cost;

/** What the endpoint answers while a client is slow. */
class HttpEndpointTest {
    private static final ServiceStatus.Snapshot LEADS =
            new ServiceStatus.Snapshot(ServiceStatus.Role.LEADING, 1, 1, Workload.NONE, Map.of());

    @Test
    void aRequestThatDoesNotEndHoldsNoOtherUp() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HttpEndpoint endpoint = HttpEndpoint.open(any, () -> LEADS, new MetricsPage(() -> Cost.NONE))) {
            URI health = URI.create("http://" + endpoint.address() + "/health");
            try (Socket slow = new Socket(health.getHost(), health.getPort())) {
                slow.getOutputStream().write("GET /health HTTP/1.1\r\nHost:".getBytes(US_ASCII));
                slow.getOutputStream().flush();
                for (int i = 0; i < 3; i++) {
                    assertThat(HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(health)
                                                    .timeout(Duration.ofSeconds(20))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .isEqualTo("leading\n");
                }
            }
        }
    }
}
