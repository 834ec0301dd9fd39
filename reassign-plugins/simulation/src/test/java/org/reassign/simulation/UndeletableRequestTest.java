package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Answer.Outcome;

/** A znode that cannot be deleted, since somebody has created a child below it, stops nothing else. */
class UndeletableRequestTest {
    private static final String ODD = "/admin/reassignment_requests/request_0000000099";
    private static final String LEGACY = "/admin/reassign_partitions";

    @Test
    void anEmptyRequestIsNothing() {
        SmallCluster cluster = new SmallCluster("payload");
        cluster.create(ODD, "");
        cluster.create(ODD + "/child", "");
        cluster.passes();
        goesOn(cluster);

        assertThat(cluster.outcomes("request_0000000099")).isEmpty();
        assertThat(cluster.warnings()).singleElement().asString().contains(ODD);
    }

    @Test
    void anEmptyTargetIsNothing() {
        SmallCluster cluster = new SmallCluster("notify-names");
        cluster.target("t", 0, "");
        cluster.create("/admin/reassignment_targets/t/0/child", "");
        cluster.write("notify-names", "u", 0, "[1,2]");
        cluster.passes();

        assertThat(cluster.outcomes("u-0")).containsExactly(Outcome.COMPLETED);
        assertThat(cluster.outcomes("t-0")).isEmpty();
        assertThat(cluster.exists("/admin/reassignment_targets/u")).isFalse();
    }

    @Test
    void anEmptyLegacyZnodeIsNothing() {
        SmallCluster cluster = new SmallCluster("legacy");
        cluster.create(LEGACY, "");
        cluster.create(LEGACY + "/child", "");
        cluster.passes();

        assertThat(cluster.outcomes("reassign_partitions")).isEmpty();
        assertThat(cluster.isIdle()).isTrue();
    }

    /** What runs is no longer needed once it is recorded, whether or not its znode can go. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"t\":{\"0\":[1,2]}}", "{\"nope\":{\"0\":[1,2]}}", "[]"})
    void aRequestThatCannotBeDeletedStopsNoOther(String assignments) {
        SmallCluster cluster = new SmallCluster("payload");
        cluster.create(ODD, "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + "}");
        cluster.create(ODD + "/child", "");
        cluster.passes();
        goesOn(cluster);
    }

    /** Requests for one partition come one after the other, and each is completed and removed. */
    private static void goesOn(SmallCluster cluster) {
        for (String replicas : new String[] {"[1,2]", "[2,0]", "[0,1]"}) {
            String path = cluster.request(
                    "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"u\":{\"0\":" + replicas + "}}}");
            cluster.passes();
            assertThat(cluster.exists(path)).as(path).isFalse();
            assertThat(cluster.read("/brokers/topics/u")).contains("\"0\":" + replicas);
        }
        assertThat(cluster.outcomes("u-0")).containsExactly(Outcome.COMPLETED, Outcome.COMPLETED, Outcome.COMPLETED);
    }
}
