using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Apex.Instances;

/// <summary>Launches, watches, tags and terminates single instances. A launch is safe to repeat with its client token.</summary>
/// <param name="ec2">EC2.</param>
/// <param name="reporter">Is told of waits.</param>
/// <param name="time">The clock.</param>
/// <param name="interval">Pause between two looks, and the first one after a lost answer.</param>
internal sealed class InstanceLauncher(IAmazonEC2 ec2, IOperationReporter reporter, TimeProvider time, TimeSpan interval)
{
    /// <summary>EC2's limit on user data in bytes, before base64.</summary>
    public const int LargestUserData = 16 * 1024;

    // The retries below us send a launch whose answer was lost no second time: what was lost is known here only.
    private const int Attempts = 7;
    private static readonly TimeSpan NewIdPatience = TimeSpan.FromSeconds(30);

    private readonly InstanceReader reader = new(ec2, time);

    /// <summary>Asks EC2 whether it would let the caller launch this; null when it would, else its refusal.</summary>
    /// <exception cref="HostingException">EC2 could not be asked.</exception>
    public Task<HostingException?> RefusalOfAsync(InstanceLaunch launch, CancellationToken cancellationToken)
    {
        var request = Request(launch);
        request.DryRun = true;
        return EC2Call.RefusalOfAsync("ec2:RunInstances", launch.InstanceType, () => ec2.RunInstancesAsync(request, cancellationToken));
    }

    /// <summary>Launches the instance, or finds the one that the same token launched before.</summary>
    /// <exception cref="HostingException">
    /// InsufficientCapacity: try another zone, with another token. AwsRequestFailed of category Conflict: the token was used with other
    /// parameters. ChangeOutcomeUnknown: nobody knows; the same token tells. Or another AWS error: nothing was launched.
    /// </exception>
    public async Task<Instance> LaunchAsync(InstanceLaunch launch, CancellationToken cancellationToken)
    {
        var request = Request(launch);
        var lost = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await EC2Call.AsAsync(
                    "ec2:RunInstances", launch.InstanceType, () => ec2.RunInstancesAsync(request, cancellationToken)).ConfigureAwait(false);
                if (answer.Reservation?.Instances is [{ InstanceId: not null } instance, ..])
                {
                    return instance;
                }
            }
            catch (HostingException error) when (WriteFailure.Classify(error) == WriteFailureKind.MayHaveHappened)
            {
                // The token makes it safe to ask for the same launch again: what was launched is what comes back.
                lost = true;
                if (attempt >= Attempts)
                {
                    throw Unknown(launch, error);
                }

                reporter.Verbose($"The answer to a launch was lost; asking again with the same token {launch.ClientToken}.");
                await Task.Delay(attempt < 3 ? interval * attempt / 4 : interval, time, cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (HostingException error) when (lost && !IsDecidedByToken(error))
            {
                // This try was refused; the one whose answer was lost may have launched.
                throw Unknown(launch, error);
            }

            throw new HostingException(
                ErrorIds.AwsAnswerUnreadable, HostingErrorCategory.ProtocolError, launch.ClientToken, "EC2 answered a launch without an instance.");
        }
    }

    /// <summary>Waits until EC2 says that the instance runs. Running is not serving.</summary>
    /// <exception cref="HostingException">InstanceNotStarted: it ended instead, or the time ran out; InstanceNotFound; or an AWS error.</exception>
    public async Task<Instance> WaitUntilRunningAsync(string instanceId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var instance = await reader.GetAsync(instanceId, NewIdPatience, cancellationToken).ConfigureAwait(false);
            var state = instance.State?.Name?.Value;
            if (state == "running")
            {
                return instance;
            }

            var elapsed = time.GetElapsedTime(started);
            if (state != "pending" || elapsed > timeout)
            {
                throw new HostingException(
                    ErrorIds.InstanceNotStarted,
                    HostingErrorCategory.ResourceUnavailable,
                    instanceId,
                    FormattableString.Invariant($"Instance {instanceId} is {state ?? "in no state"} after {elapsed.TotalSeconds:0} s; running was expected.")
                        + (instance.StateReason?.Message is { } why ? $" EC2 says: {why}" : ""),
                    "Look at the instance in the EC2 console; its system log is there.");
            }

            reporter.Progress(new OperationProgress { Activity = "Waiting for the instance", CurrentItem = FormattableString.Invariant($"{instanceId} {state} for {elapsed.TotalSeconds:0} s") });
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts tags on instances and addresses, over those of the same key.</summary>
    /// <exception cref="HostingException">An AWS error.</exception>
    public Task TagAsync(IReadOnlyList<string> resourceIds, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) => EC2Call.AsAsync(
        "ec2:CreateTags",
        string.Join(", ", resourceIds),
        () => ec2.CreateTagsAsync(
            new CreateTagsRequest([.. resourceIds], tags.Select(static tag => new Tag(tag.Key, tag.Value)).ToList()), cancellationToken));

    /// <summary>Begins an instance's termination. In a failed zone it may stay shutting-down until the zone is back.</summary>
    /// <returns>The state now, <c>shutting-down</c> or <c>terminated</c>.</returns>
    /// <exception cref="HostingException">InstanceNotFound, or an AWS error (OperationNotPermitted: termination protection).</exception>
    public async Task<string?> TerminateAsync(string instanceId, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:TerminateInstances",
            instanceId,
            () => ec2.TerminateInstancesAsync(new TerminateInstancesRequest([instanceId]), cancellationToken)).ConfigureAwait(false);
        return answer.TerminatingInstances?.Find(change => change.InstanceId == instanceId)?.CurrentState?.Name?.Value;
    }

    // EC2 answers a token that has launched with its instance, so these say that none was launched by it, or by other parameters.
    private static bool IsDecidedByToken(HostingException error) =>
        error.ErrorId == ErrorIds.InsufficientCapacity || error.Category == HostingErrorCategory.Conflict;

    private static HostingException Unknown(InstanceLaunch launch, HostingException error) => new(
        ErrorIds.ChangeOutcomeUnknown,
        HostingErrorCategory.OperationTimeout,
        launch.ClientToken,
        $"Whether EC2 launched an instance for token {launch.ClientToken} is not known: {error.Message}",
        "Repeat it with the same token, which never launches a second one.",
        error);

    private static RunInstancesRequest Request(InstanceLaunch launch)
    {
        if (launch.ClientToken.Length is 0 or > 64 || !launch.ClientToken.All(char.IsAscii))
        {
            throw Invalid(launch.ClientToken, "A client token has 1 to 64 ASCII characters.");
        }

        if (launch.UserData is { Length: > LargestUserData } tooMuch)
        {
            throw Invalid(launch.ImageId, FormattableString.Invariant($"User data has {tooMuch.Length} bytes; EC2 takes {LargestUserData} at most."));
        }

        var groups = launch.SecurityGroups.ToLookup(static group => group.StartsWith("sg-", StringComparison.Ordinal));
        return new RunInstancesRequest(launch.ImageId, 1, 1)
        {
            ClientToken = launch.ClientToken,
            InstanceType = launch.InstanceType,
            SubnetId = launch.SubnetId,
            Placement = launch is { SubnetId: null, AvailabilityZone: { } zone } ? new Placement { AvailabilityZone = zone } : null,
            SecurityGroupIds = groups[true].Any() ? [.. groups[true]] : null,
            SecurityGroups = groups[false].Any() ? [.. groups[false]] : null,
            KeyName = launch.KeyName,
            IamInstanceProfile = launch.InstanceProfile is not { } profile ? null
                : profile.StartsWith("arn:", StringComparison.Ordinal) ? new IamInstanceProfileSpecification { Arn = profile } : new IamInstanceProfileSpecification { Name = profile },
            UserData = launch.UserData is { } data ? Convert.ToBase64String(data.Span) : null,

            // Whoever gets the redirector to fetch an address must not get its role's credentials that way.
            MetadataOptions = new InstanceMetadataOptionsRequest { HttpTokens = HttpTokensState.Required },
            TagSpecifications = launch.Tags.Count == 0 ? null : [Tags(ResourceType.Instance, launch), Tags(ResourceType.Volume, launch)],
        };
    }

    private static TagSpecification Tags(ResourceType type, InstanceLaunch launch) => new()
    {
        ResourceType = type,
        Tags = launch.Tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => new Tag(tag.Key, tag.Value)).ToList(),
    };

    private static HostingException Invalid(object target, string message) =>
        new(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, target, message);
}
