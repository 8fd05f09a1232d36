using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Aws;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Plans a recovery by reading and dry runs only.</summary>
internal sealed class ApexRecoveryPlanner(RecoveryContext context)
{
    private static readonly TimeSpan StrangersWithin = TimeSpan.FromMinutes(15);

    /// <summary>Looks at everything, and answers every condition.</summary>
    /// <exception cref="HostingException">ElasticIpNotFound, or an AWS error: what can't be read can't be planned.</exception>
    public async Task<ApexRecoveryPlan> PlanAsync(ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        var address = await context.Addresses.GetAsync(context.Apex.ElasticIp, cancellationToken).ConfigureAwait(false);
        var old = await OldAsync(address, cancellationToken).ConfigureAwait(false);
        var gates = new List<ApexRecoveryGate>();
        var warnings = new List<string>();
        var open = new OpenRecoveries(context);
        var (blocking, _) = await open.ReadAsync(address.AllocationId, cancellationToken).ConfigureAwait(false);
        gates.Add(Gate(ApexRecoveryGateName.NothingOpen, blocking is null, blocking ?? "No other recovery of the address is unfinished."));
        warnings.AddRange((await open.StrangersAsync(address.PublicIp, address.InstanceId, StrangersWithin, cancellationToken).ConfigureAwait(false))
            .Select(static one => FormattableString.Invariant($"{one.InstanceId} was launched for this address at {one.LaunchTime:u}, and does not have it: is somebody else recovering it?")));

        var material = await MaterialAsync(gates, old, cancellationToken).ConfigureAwait(false);
        var look = await new RedirectorLook(context).LookAsync(address, material?.Config.Redirects ?? [], options, cancellationToken).ConfigureAwait(false);
        gates.Insert(1, look.Down);
        gates.Insert(2, look.Observer);
        var withoutHttps = options.SkipHttps ? RecoverySteps.HttpsSkipped : context.Apex.Instance.Setup.Count == 0 ? RecoverySteps.NoCertificates : null;
        var plan = new ApexRecoveryPlan
        {
            PublicIp = address.PublicIp,
            AllocationId = address.AllocationId,
            From = address.Association,
            OldInstanceState = address.InstanceState,
            OldAvailabilityZone = address.AvailabilityZone,
            Planned = options.Planned,
            TerminateOld = options.TerminateOld,
            ConfigChecksum = material?.Config.Checksum,
            RedirectCount = material?.Config.Redirects.Count ?? 0,
            UserDataSize = material?.UserData.Length ?? 0,
            Delivery = material?.Delivery ?? ApexConfigDelivery.UserData,
            TestsHttps = withoutHttps is null,
            WithoutHttps = withoutHttps,
            Region = context.Region,
            EndpointUrl = context.Inventory.Aws.EndpointUrl,
            CreatedAt = context.Time.GetUtcNow(),
            InventoryPath = context.Inventory.Path,
        };
        plan = RecoverySettings.Apply(plan, context.Apex, old, options, gates);
        plan = await ImageAsync(plan, gates, cancellationToken).ConfigureAwait(false);
        var (places, zone, warning) = await new LaunchPlaces(context).ChooseAsync(
            address, look.Works ? null : address.AvailabilityZone, options, cancellationToken).ConfigureAwait(false);
        gates.Add(zone);
        plan = plan with { Places = places };
        if (plan is { ImageId: not null, InstanceType: not null } && places.Count > 0 && material is not null)
        {
            gates.Add(await PermittedAsync(
                ApexRecoveryGateName.LaunchPermitted,
                () => context.Launcher.RefusalOfAsync(RecoveryLaunch.Of(plan, "dry-run", 0, material.UserData), cancellationToken)).ConfigureAwait(false));
        }

        gates.Add(await MovePermittedAsync(address, cancellationToken).ConfigureAwait(false));
        if (options.TerminateOld && address.InstanceId is { } oldId)
        {
            gates.Add(await PermittedAsync(ApexRecoveryGateName.TerminatePermitted, () => EC2Call.RefusalOfAsync(
                "ec2:TerminateInstances",
                oldId,
                () => context.EC2.TerminateInstancesAsync(new TerminateInstancesRequest([oldId]) { DryRun = true }, cancellationToken))).ConfigureAwait(false));
        }

        if (context.Apex.Instance.Setup.Count == 0)
        {
            warnings.Add("apex.instance.setup names nothing that fetches certificates: the new redirector answers http, and https only once it has them.");
        }

        if (warning is not null)
        {
            warnings.Add(warning);
        }

        plan = plan with { Gates = gates, Warnings = warnings };
        return plan with { Steps = RecoverySteps.Of(plan) };
    }

    private async Task<Instance?> OldAsync(ElasticIp address, CancellationToken cancellationToken)
    {
        try
        {
            return address.InstanceId is { } id ? await context.Instances.GetAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.InstanceNotFound)
        {
            return null;
        }
    }

    private async Task<RecoveryMaterial?> MaterialAsync(List<ApexRecoveryGate> gates, Instance? old, CancellationToken cancellationToken)
    {
        RecoveryMaterial material;
        try
        {
            material = await RecoveryMaterial.CreateAsync(context, test: true, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.ApexRedirectInvalid)
        {
            gates.Add(Gate(ApexRecoveryGateName.ConfigurationValid, false, error.Message));
            return null;
        }

        var test = material.Config.Test;
        gates.Add(Gate(
            ApexRecoveryGateName.ConfigurationValid,
            test.Outcome != ServerConfigTestOutcome.Failed,
            FormattableString.Invariant($"{material.Config.DomainCount} redirects, checksum {material.Config.Checksum[..12]}. {test.Reason}")
                + (test.Outcome == ServerConfigTestOutcome.Failed ? " " + test.Output.Trim() : "")));
        gates.Add(await new DeliveryGate(context).AnswerAsync(material, old, cancellationToken).ConfigureAwait(false));
        return material;
    }

    private async Task<ApexRecoveryPlan> ImageAsync(ApexRecoveryPlan plan, List<ApexRecoveryGate> gates, CancellationToken cancellationToken)
    {
        if (plan.InstanceType is not { } type)
        {
            return plan;
        }

        try
        {
            var image = await new MachineImages(context.EC2, context.Time).FindAsync(context.Apex.Instance.Image, type, cancellationToken).ConfigureAwait(false);
            gates.Add(Gate(ApexRecoveryGateName.ImageFound, true, $"{image.Name} ({image.ImageId}), {image.Architecture}."));
            return plan with { ImageId = image.ImageId, ImageName = image.Name };
        }
        catch (HostingException error) when (error.ErrorId is ErrorIds.ImageNotFound or ErrorIds.InvalidArgument || IsOfImage(error))
        {
            gates.Add(Gate(ApexRecoveryGateName.ImageFound, false, error.Message));
            return plan;
        }
    }

    // There is no new instance yet to ask with, so that EC2 is asked with the old one. What it says about that one is no matter.
    private async Task<ApexRecoveryGate> MovePermittedAsync(ElasticIp address, CancellationToken cancellationToken)
    {
        if (address.InstanceId is not { } instanceId)
        {
            return Gate(ApexRecoveryGateName.MovePermitted, true, "No instance has the address, so that EC2 can't be asked before there is one.");
        }

        var request = new AssociateAddressRequest { AllocationId = address.AllocationId, InstanceId = instanceId, AllowReassociation = true, DryRun = true };
        return await PermittedAsync(ApexRecoveryGateName.MovePermitted, async () =>
        {
            var refusal = await EC2Call.RefusalOfAsync(
                "ec2:AssociateAddress", address.PublicIp, () => context.EC2.AssociateAddressAsync(request, cancellationToken)).ConfigureAwait(false);
            return refusal is { ErrorId: ErrorIds.AwsAccessDenied or ErrorIds.AwsCredentialsInvalid } ? refusal : null;
        }).ConfigureAwait(false);
    }

    private static async Task<ApexRecoveryGate> PermittedAsync(ApexRecoveryGateName name, Func<Task<HostingException?>> ask)
    {
        try
        {
            var refusal = await ask().ConfigureAwait(false);
            return Gate(name, refusal is null, refusal?.Message ?? "EC2 would do it (DryRun).");
        }
        catch (HostingException error)
        {
            return new(name, GateOutcome.Unknown, error.Message);
        }
    }

    private static bool IsOfImage(HostingException error) =>
        error.InnerException is AmazonEC2Exception { ErrorCode: { } code } && code.StartsWith("InvalidAMI", StringComparison.Ordinal);

    private static ApexRecoveryGate Gate(ApexRecoveryGateName name, bool passed, string reason) =>
        new(name, passed ? GateOutcome.Passed : GateOutcome.Refused, reason);
}
