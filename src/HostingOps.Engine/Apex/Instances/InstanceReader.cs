using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Instances;

/// <summary>Reads instances. A new id may be unknown for some seconds after its launch, so that NotFound is asked about again.</summary>
internal sealed class InstanceReader(IAmazonEC2 ec2, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>The instance.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="patience">How long NotFound is believed to be the delay after a launch; zero for not at all.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">InstanceNotFound, or an AWS error.</exception>
    public async Task<Instance> GetAsync(string instanceId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await AskAsync(instanceId, cancellationToken).ConfigureAwait(false);
            }
            catch (HostingException error) when (error.ErrorId == ErrorIds.InstanceNotFound && !IsMalformed(error) && time.GetElapsedTime(started) + pause <= patience)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The instance that a client token has launched, or null: how a launch whose answer was lost is found again.</summary>
    /// <exception cref="HostingException">An AWS error.</exception>
    public async Task<Instance?> FindByClientTokenAsync(string clientToken, CancellationToken cancellationToken)
    {
        await foreach (var instance in ec2.InstancesAsync([new Filter("client-token", [clientToken])], cancellationToken).ConfigureAwait(false))
        {
            return instance;
        }

        return null;
    }

    /// <summary>The status checks of an instance, or null when EC2 has none yet.</summary>
    /// <exception cref="HostingException">InstanceNotFound, or an AWS error.</exception>
    public async Task<InstanceStatus?> StatusAsync(string instanceId, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeInstanceStatus",
            instanceId,
            () => ec2.DescribeInstanceStatusAsync(
                new DescribeInstanceStatusRequest { InstanceIds = [instanceId], IncludeAllInstances = true }, cancellationToken)).ConfigureAwait(false);
        return answer.InstanceStatuses?.FirstOrDefault();
    }

    /// <summary>Whether EC2 will keep saying NotFound because the id can't be one.</summary>
    private static bool IsMalformed(HostingException error) =>
        error.InnerException is AmazonEC2Exception { ErrorCode: "InvalidInstanceID.Malformed" };

    private async Task<Instance> AskAsync(string instanceId, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeInstances",
            instanceId,
            () => ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [instanceId] }, cancellationToken)).ConfigureAwait(false);
        return answer.Reservations?.SelectMany(static reservation => reservation.Instances ?? []).FirstOrDefault(instance => instance.InstanceId == instanceId)
            ?? throw new HostingException(
                ErrorIds.InstanceNotFound,
                HostingErrorCategory.ObjectNotFound,
                instanceId,
                $"EC2 does not list instance {instanceId} in this account and region.",
                "Check the id and the region.");
    }
}
