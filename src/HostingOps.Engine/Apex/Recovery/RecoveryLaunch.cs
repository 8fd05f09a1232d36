using HostingOps.Engine.Apex.Instances;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>The launch that a plan means.</summary>
internal static class RecoveryLaunch
{
    /// <summary>The launch in a place, with a token of its own: the operation's id and the place's number.</summary>
    public static InstanceLaunch Of(ApexRecoveryPlan plan, string operationId, int number, byte[] userData) => At(
        new InstanceLaunch
        {
            ClientToken = "",
            ImageId = plan.ImageId!,
            InstanceType = plan.InstanceType!,
            SecurityGroups = plan.SecurityGroups,
            KeyName = plan.KeyName,
            InstanceProfile = plan.InstanceProfile,
            UserData = userData,
            Tags = RecoveryTags.OfInstance(plan, operationId),
        },
        plan,
        operationId,
        number);

    /// <summary>The same launch in another place.</summary>
    public static InstanceLaunch At(InstanceLaunch launch, ApexRecoveryPlan plan, string operationId, int number) => launch with
    {
        ClientToken = FormattableString.Invariant($"hostingops-{operationId}-{number}"),
        SubnetId = plan.Places[number].SubnetId,
        AvailabilityZone = plan.Places[number].AvailabilityZone,
    };
}
