using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Answers whether the configuration can reach a new instance.</summary>
internal sealed class DeliveryGate(RecoveryContext context)
{
    /// <summary>The answer to ConfigurationTravels.</summary>
    /// <param name="material">What the instance is given.</param>
    /// <param name="old">The former redirector, or null.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<ApexRecoveryGate> AnswerAsync(RecoveryMaterial material, Instance? old, CancellationToken cancellationToken)
    {
        var size = FormattableString.Invariant($"{material.PackedSize / 1024.0:0.0} KiB compressed");
        if (material.Delivery == ApexConfigDelivery.UserData)
        {
            return Gate(GateOutcome.Passed, $"It is in the user data, {size}.");
        }

        var key = context.Apex.Instance.KeyName ?? (old?.KeyName is { Length: > 0 } taken ? taken : null);
        if (context.Publisher.RefusalFor(key) is { } refusal)
        {
            return Gate(GateOutcome.Refused, $"The configuration is {size}, over 16 KiB: it does not fit into user data, and {refusal}.");
        }

        // There is no new instance yet to ask about, so that EC2 is asked about the old one. What it says about that one is no matter.
        try
        {
            if (old?.InstanceId is { } id && await EC2Call.RefusalOfAsync(
                "ec2:GetConsoleOutput", id, () => context.EC2.GetConsoleOutputAsync(new GetConsoleOutputRequest(id) { DryRun = true }, cancellationToken)).ConfigureAwait(false)
                is { ErrorId: ErrorIds.AwsAccessDenied or ErrorIds.AwsCredentialsInvalid } denied)
            {
                return Gate(GateOutcome.Refused, denied.Message);
            }
        }
        catch (HostingException error)
        {
            return Gate(GateOutcome.Unknown, error.Message);
        }

        return Gate(
            GateOutcome.Passed,
            $"It is {size}, over the 16 KiB of user data: it is published by ssh after the boot, to the host keys on the instance's console. {context.Publisher.Needs(key!)}");
    }

    private static ApexRecoveryGate Gate(GateOutcome outcome, string reason) => new(ApexRecoveryGateName.ConfigurationTravels, outcome, reason);
}
