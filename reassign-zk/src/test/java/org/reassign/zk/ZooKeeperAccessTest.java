package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooKeeperAccessTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("access.properties"), text);
    }

    @Test
    void aBrokersFileWillDo() throws IOException {
        ZooKeeperAccess access = ZooKeeperAccess.read(file("""
                broker.id=1
                zookeeper.connect=a:2181
                zookeeper.session.timeout.ms=18000
                zookeeper.ssl.client.enable=true
                zookeeper.ssl.truststore.location=/trust
                zookeeper.ssl.truststore.password=secret
                zookeeper.ssl.endpoint.identification.algorithm=
                """));

        assertThat(access.client())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "zookeeper.client.secure", "true",
                        "zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketNetty",
                        "zookeeper.ssl.trustStore.location", "/trust",
                        "zookeeper.ssl.trustStore.password", "secret",
                        "zookeeper.ssl.hostnameVerification", "false"));
        assertThat(access.digest()).isEmpty();
        assertThat(access.acl()).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    }

    @Test
    void itsTextHoldsNoSecret() throws IOException {
        ZooKeeperAccess access = ZooKeeperAccess.read(
                file("zookeeper.digest=mover:s3cret\nzookeeper.ssl.keystore.password=other\nzookeeper.set.acl=true\n"));

        assertThat(access.digest()).contains("mover:s3cret");
        assertThat(access.acl()).hasSize(2);
        assertThat(access.toString()).contains("digest", "ACLs").doesNotContain("s3cret", "other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zookeeper.ssl.keystore=/keys | unknown property 'zookeeper.ssl.keystore'
            zookeeper.digest=s3cret      | zookeeper.digest is not of the form user:password
            zookeeper.digest=\\u12       | cannot be read as properties
            """)
    void whatIsWrongIsSaidWithoutTheValue(String line, String sentence) throws IOException {
        Path file = file(line);

        assertThatThrownBy(() -> ZooKeeperAccess.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("s3cret");
    }
}
