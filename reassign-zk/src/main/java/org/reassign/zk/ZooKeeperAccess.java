package org.reassign.zk;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.zookeeper.ClientCnxnSocketNetty;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;

/**
 * How a client of ZooKeeper proves who it is, and who may change what it creates. It holds secrets, so its text names
 * none of them.
 *
 * @param client properties of ZooKeeper's own client, such as {@code zookeeper.ssl.keyStore.location}
 * @param digest {@code user:password} of ZooKeeper's scheme {@code digest}
 * @param setAcl whether znodes are created for this client to change and for all to read, as Kafka's brokers create them
 *     with {@code zookeeper.set.acl}; else all may change them
 */
public record ZooKeeperAccess(Map<String, String> client, Optional<String> digest, boolean setAcl) {
    /** A connection without TLS, of a client without a name, whose znodes all may change. */
    public static final ZooKeeperAccess OPEN = new ZooKeeperAccess(Map.of(), Optional.empty(), false);

    private static final String PREFIX = "zookeeper.";
    private static final String SECURE = "zookeeper.ssl.client.enable";
    private static final String SOCKET = "zookeeper.clientCnxnSocket";
    private static final String VERIFICATION = "zookeeper.ssl.endpoint.identification.algorithm";
    private static final String DIGEST = "zookeeper.digest";
    private static final String SET_ACL = "zookeeper.set.acl";

    /** Kafka's names, and those of ZooKeeper's client for the same. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(SECURE, ZKClientConfig.SECURE_CLIENT),
            Map.entry(SOCKET, SOCKET),
            Map.entry("zookeeper.ssl.keystore.location", "zookeeper.ssl.keyStore.location"),
            Map.entry("zookeeper.ssl.keystore.password", "zookeeper.ssl.keyStore.password"),
            Map.entry("zookeeper.ssl.keystore.type", "zookeeper.ssl.keyStore.type"),
            Map.entry("zookeeper.ssl.truststore.location", "zookeeper.ssl.trustStore.location"),
            Map.entry("zookeeper.ssl.truststore.password", "zookeeper.ssl.trustStore.password"),
            Map.entry("zookeeper.ssl.truststore.type", "zookeeper.ssl.trustStore.type"),
            Map.entry("zookeeper.ssl.protocol", "zookeeper.ssl.protocol"),
            Map.entry("zookeeper.ssl.enabled.protocols", "zookeeper.ssl.enabledProtocols"),
            Map.entry("zookeeper.ssl.cipher.suites", "zookeeper.ssl.ciphersuites"),
            Map.entry(VERIFICATION, "zookeeper.ssl.hostnameVerification"),
            Map.entry("zookeeper.ssl.crl.enable", "zookeeper.ssl.crl"),
            Map.entry("zookeeper.ssl.ocsp.enable", "zookeeper.ssl.ocsp"));

    /** What a broker's file says beside it, and what is said elsewhere here. */
    private static final Set<String> IGNORED = Set.of(
            "zookeeper.connect",
            "zookeeper.connection.timeout.ms",
            "zookeeper.session.timeout.ms",
            "zookeeper.max.in.flight.requests",
            "zookeeper.metadata.migration.enable",
            "zookeeper.metadata.migration.min.batch.size");

    /**
     * Reads a file of Java properties that are named as in a broker's {@code server.properties}, which may be that file:
     * {@code zookeeper.ssl.*}, {@code zookeeper.clientCnxnSocket} and {@code zookeeper.set.acl}; and {@code
     * zookeeper.digest}, which is {@code user:password}. Properties that do not begin with {@code zookeeper.} are ignored.
     *
     * @throws IllegalArgumentException where the file cannot be read, or a property is unknown or malformed; the message
     *     is one sentence and holds no value of a password
     */
    public static ZooKeeperAccess read(Path file) {
        Properties given = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            given.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read as properties (" + e.getMessage() + "); name a file of them", e);
        }
        Map<String, String> client = new TreeMap<>();
        given.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX) && !IGNORED.contains(name))
                .filter(name -> !name.equals(DIGEST) && !name.equals(SET_ACL))
                .forEach(name -> client.put(known(file, name), value(name, given)));
        if (Boolean.parseBoolean(client.get(ZKClientConfig.SECURE_CLIENT))) {
            client.putIfAbsent(SOCKET, ClientCnxnSocketNetty.class.getName());
        }
        Optional<String> digest = Optional.ofNullable(given.getProperty(DIGEST)).map(String::strip);
        if (digest.filter(pair -> !pair.matches("[^:]+:.+")).isPresent()) {
            throw new IllegalArgumentException(file + ": " + DIGEST + " is not of the form user:password; correct it");
        }
        boolean setAcl = Boolean.parseBoolean(value(SET_ACL, given));
        boolean named = digest.isPresent()
                || client.containsKey("zookeeper.ssl.keyStore.location")
                || System.getProperty("java.security.auth.login.config") != null;
        if (setAcl && !named) {
            throw new IllegalArgumentException(
                    file + ": " + SET_ACL + " gives znodes to this client, which has no name;" + " add " + DIGEST
                            + ", a certificate or JAAS, or leave it out");
        }
        return new ZooKeeperAccess(client, digest, setAcl);
    }

    private static String known(Path file, String name) {
        String known = NAMES.get(name);
        if (known == null) {
            List<String> all = new ArrayList<>(NAMES.keySet());
            all.addAll(List.of(DIGEST, SET_ACL));
            all.sort(null);
            throw new IllegalArgumentException(
                    file + ": unknown property '" + name + "'; known are " + String.join(", ", all));
        }
        return known;
    }

    private static String value(String name, Properties given) {
        String value = given.getProperty(name, "").strip();
        return name.equals(VERIFICATION) ? Boolean.toString(!value.isEmpty()) : value;
    }

    /** Who may do what with a znode that this client creates. */
    List<ACL> acl() {
        if (!setAcl) {
            return ZooDefs.Ids.OPEN_ACL_UNSAFE;
        }
        List<ACL> acl = new ArrayList<>(ZooDefs.Ids.CREATOR_ALL_ACL);
        acl.addAll(ZooDefs.Ids.READ_ACL_UNSAFE);
        return acl;
    }

    /** Says what there is, without secrets. */
    @Override
    public String toString() {
        return "ZooKeeperAccess[properties " + client.keySet() + (digest.isPresent() ? ", digest" : "")
                + (setAcl ? ", ACLs" : "") + "]";
    }
}
