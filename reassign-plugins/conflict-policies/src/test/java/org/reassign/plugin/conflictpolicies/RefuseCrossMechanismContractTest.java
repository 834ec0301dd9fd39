package org.reassign.plugin.conflictpolicies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.testkit.ConflictPolicyContract;

class RefuseCrossMechanismContractTest implements ConflictPolicyContract {
    @Override
    public ConflictPolicy policy() {
        return new RefuseCrossMechanism();
    }

    @Override
    public boolean refuses() {
        return true;
    }

    @Test
    void only_the_mechanism_that_started_it_may_change_it() {
        assertThat(ConflictPolicyContract.meetings())
                .allSatisfy(meeting -> assertThat(
                                policy().resolve(meeting.running(), meeting.request(), meeting.entry())
                                        instanceof Resolution.Accept)
                        .isEqualTo(meeting.running().mechanism()
                                == meeting.request().mechanism()));
    }

    @Test
    void the_refusal_says_what_runs_and_what_to_do() {
        ConflictPolicyContract.Meeting meeting = ConflictPolicyContract.meetings()
                .filter(one -> one.running().mechanism() == Mechanism.LEGACY)
                .filter(one -> one.request().mechanism() == Mechanism.REQUEST)
                .findFirst()
                .orElseThrow();
        assertThat(policy().resolve(meeting.running(), meeting.request(), meeting.entry()))
                .isEqualTo(new Resolution.Refuse("request_0000000004 may not change orders-7, which reassign_partitions"
                        + " moves to [4,5] by /admin/reassign_partitions; change or cancel it the same way, or wait until"
                        + " it is done"));
    }
}
