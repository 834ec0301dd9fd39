package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A ZooKeeper in a process of its own that wants TLS and a certificate of its clients, beside a port without either. */
@Execution(ExecutionMode.CONCURRENT)
class SecuredZooKeeperIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path temp;

    private static int plainPort;
    private static int securePort;
    private static Process server;

    /** How a command ended, and what it said. */
    private record Ended(int code, String said) {}

    @BeforeAll
    static void aServer() throws Exception {
        Path keys = temp.resolve("keys.p12");
        Path certificate = temp.resolve("pem");
        keytool(
                keys,
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool(keys, "-exportcert", "-file", certificate.toString());
        keytool(temp.resolve("trust.p12"), "-importcert", "-noprompt", "-file", certificate.toString());
        plainPort = freePort();
        securePort = freePort();
        Path settings = Files.writeString(temp.resolve("zoo.cfg"), """
                dataDir=%s
                clientPort=%d
                secureClientPort=%d
                clientPortAddress=127.0.0.1
                secureClientPortAddress=127.0.0.1
                serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
                authProvider.x509=org.apache.zookeeper.server.auth.X509AuthenticationProvider
                admin.enableServer=false
                ssl.keyStore.location=%s
                ssl.keyStore.password=%s
                ssl.trustStore.location=%s
                ssl.trustStore.password=%s
                """.formatted(
                temp.resolve("data"), plainPort, securePort, keys, PASSWORD, temp.resolve("trust.p12"), PASSWORD));
        server = new ProcessBuilder(
                        JAVA.resolve("java").toString(),
                        "-Xmx96m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Distribution.HOME.resolve("lib") + "/*",
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("server").toFile())
                .start();
    }

    @AfterAll
    static void noServer() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA.resolve("keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Ended reassign(String name, String... arguments) throws Exception {
        Path output = temp.resolve(name);
        Process process = Distribution.reassign(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", name).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private static Path access(String name, String... more) throws IOException {
        Path file = temp.resolve(name + ".properties");
        return Files.write(file, List.of(more));
    }

    private static String[] tls() {
        return new String[] {
            "zookeeper.ssl.client.enable=true",
            "zookeeper.ssl.keystore.location=" + temp.resolve("keys.p12"),
            "zookeeper.ssl.keystore.password=" + PASSWORD,
            "zookeeper.ssl.truststore.location=" + temp.resolve("trust.p12"),
            "zookeeper.ssl.truststore.password=" + PASSWORD,
            "zookeeper.ssl.endpoint.identification.algorithm=HTTPS"
        };
    }

    /** What the run keeps there belongs to who holds the certificate: a stranger reads it and may not change it. */
    @Test
    void aRunOverTlsOwnsWhatItCreates() throws Exception {
        List<String> lines = new ArrayList<>(List.of(tls()));
        lines.add("zookeeper.set.acl=true");
        Path access = access("tls", lines.toArray(String[]::new));

        Ended ended = reassign(
                "run",
                "run",
                "interrupt",
                "--keep",
                "--zookeeper=127.0.0.1:" + securePort + "/tls",
                "--zookeeper-config=" + access);

        assertThat(ended.said()).contains("interrupt: settled after").doesNotContain(PASSWORD);
        assertThat(ended.code()).isZero();
        strangerOnlyReads("/tls/admin/reassignments");
    }

    private static void strangerOnlyReads(String path) throws Exception {
        ZooKeeper stranger = new ZooKeeper("127.0.0.1:" + plainPort, 10_000, event -> {});
        try {
            assertThat(stranger.getACL(path, null)).hasSize(2).isNotEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
            assertThat(stranger.getChildren(path, false)).isNotNull();
            assertThat(refusal(() -> stranger.setData(path, new byte[0], -1))).isEqualTo(KeeperException.Code.NOAUTH);
        } finally {
            stranger.close();
        }
    }

    @Test
    void aRunWithAPasswordOwnsWhatItCreates() throws Exception {
        Path access = access("digest", "zookeeper.digest=mover:s3cret", "zookeeper.set.acl=true");
        String zookeeper = "--zookeeper=127.0.0.1:" + plainPort + "/digest";

        Ended ended = reassign("digest", "run", "interrupt", "--keep", zookeeper, "--zookeeper-config=" + access);

        assertThat(ended.said()).contains("interrupt: settled after").doesNotContain("s3cret");
        assertThat(ended.code()).isZero();
        strangerOnlyReads("/digest/admin/reassignments");
    }

    @Test
    void aServerThatIsNotTrustedIsOutOfReach() throws Exception {
        Path access = access(
                "untrusted",
                "zookeeper.ssl.client.enable=true",
                "zookeeper.ssl.truststore.location=" + temp.resolve("missing.p12"),
                "zookeeper.ssl.truststore.password=" + PASSWORD);

        Ended ended = reassign(
                "untrusted", "run", "interrupt", "--zookeeper=127.0.0.1:" + securePort, "--zookeeper-config=" + access);

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.said()).contains("out of reach", "--zookeeper-config").doesNotContain(PASSWORD);
    }

    private interface Call {
        void make() throws KeeperException, InterruptedException;
    }

    private static KeeperException.Code refusal(Call call) throws InterruptedException {
        try {
            call.make();
            return KeeperException.Code.OK;
        } catch (KeeperException e) {
            return e.code();
        }
    }
}
