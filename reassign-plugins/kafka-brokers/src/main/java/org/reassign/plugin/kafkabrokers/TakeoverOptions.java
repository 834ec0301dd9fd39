package org.reassign.plugin.kafkabrokers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;

/**
 * The settings of the gateway.
 *
 * @param client Kafka client properties
 * @param listener name of the listener to connect to; empty for the first that fits the client's security protocol
 * @param requestTimeout from the call to the answer
 * @param connectTimeout from connecting to the end of authentication
 * @param maxRequestBytes larger requests are split
 */
record TakeoverOptions(
        Map<String, String> client,
        Optional<String> listener,
        Duration requestTimeout,
        Duration connectTimeout,
        int maxRequestBytes) {

    static TakeoverOptions of(Settings settings) {
        return new TakeoverOptions(
                properties(settings.getString("command-config")),
                Optional.of(settings.getString("listener")).filter(name -> !name.isEmpty()),
                settings.getDuration("request-timeout"),
                settings.getDuration("connect-timeout"),
                (int) settings.getLong("max-request-bytes"));
    }

    private static Map<String, String> properties(String file) {
        if (file.isEmpty()) {
            return Map.of();
        }
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingException(
                    "command-config", file, "which cannot be read: " + e, "name a file of Kafka client properties");
        }
        return read.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, read::getProperty));
    }

    /** The same for a client of this name, unless the properties name another. */
    TakeoverOptions named(String clientId) {
        Map<String, String> named = new HashMap<>(client);
        named.putIfAbsent("client.id", clientId);
        return new TakeoverOptions(named, listener, requestTimeout, connectTimeout, maxRequestBytes);
    }

    /** The security protocol of the client's connections. */
    String securityProtocol() {
        return client.getOrDefault("security.protocol", "PLAINTEXT");
    }
}
