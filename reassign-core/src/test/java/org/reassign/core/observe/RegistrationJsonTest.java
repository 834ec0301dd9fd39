package org.reassign.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkStat;

/** Registrations as Kafka has written them since 0.8. */
class RegistrationJsonTest {
    @Test
    void version1HasHostAndPortAlone() {
        assertThat(decode("{'jmx_port':-1,'timestamp':'1','host':'h','version':1,'port':9092}"))
                .isEqualTo(broker(List.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "h", 9092)), Optional.empty()));
    }

    @Test
    void inVersions2And3AListenerIsNamedByItsProtocol() {
        assertThat(decode("{'version':3,'host':'h','port':9092,'jmx_port':9999,'timestamp':'1',"
                        + "'endpoints':['PLAINTEXT://h:9092','SSL://h:9093'],'rack':'dc1'}"))
                .isEqualTo(broker(
                        List.of(
                                new Endpoint("PLAINTEXT", "PLAINTEXT", "h", 9092),
                                new Endpoint("SSL", "SSL", "h", 9093)),
                        Optional.of("dc1")));
    }

    @Test
    void withoutPlaintextHostIsNullAndPortIsMinusOne() {
        assertThat(decode("{'version':5,'host':null,'port':-1,'jmx_port':-1,'timestamp':'1',"
                        + "'endpoints':['CLIENT://[::1]:9092','REPLICATION://h-1.x:9093'],"
                        + "'listener_security_protocol_map':{'CLIENT':'SASL_SSL','REPLICATION':'PLAINTEXT'},"
                        + "'rack':null,'features':{'f':{'min_version':1,'max_version':2}}}"))
                .isEqualTo(broker(
                        List.of(
                                new Endpoint("CLIENT", "SASL_SSL", "::1", 9092),
                                new Endpoint("REPLICATION", "PLAINTEXT", "h-1.x", 9093)),
                        Optional.empty()));
    }

    @Test
    void oneThatCannotBeUnderstoodHasNoEndpoints() {
        assertThat(decode("")).isEqualTo(broker(List.of(), Optional.empty()));
        assertThat(decode("{'endpoints':['nothing',7,'PLAINTEXT://h:port']}"))
                .isEqualTo(broker(List.of(), Optional.empty()));
        assertThat(decode("{'endpoints':7}")).isEqualTo(broker(List.of(), Optional.empty()));
    }

    private static Broker broker(List<Endpoint> endpoints, Optional<String> rack) {
        return new Broker(3, 12, endpoints, rack);
    }

    private static Broker decode(String json) {
        return RegistrationJson.decode(
                3,
                new ZkNode(
                        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), new ZkStat(12, 13, 0, 1, 0, true)));
    }
}
