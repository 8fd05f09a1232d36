using System.Net;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Aws;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>What can be done with Elastic IPs: read, plan, move. The recovery of a redirector moves its address with the same calls.</summary>
public sealed class ElasticIpOperations
{
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);

    private readonly HostingInventory inventory;
    private readonly AwsConnection aws;
    private readonly Func<StateDatabase> state;
    private readonly IOperationReporter reporter;
    private readonly TimeProvider time;

    internal ElasticIpOperations(HostingInventory inventory, AwsConnection aws, Func<StateDatabase> state, IOperationReporter reporter, TimeProvider time)
    {
        this.inventory = inventory;
        this.aws = aws;
        this.state = state;
        this.reporter = reporter;
        this.time = time;
    }

    private ElasticIpReader Reader => new(aws.EC2, aws.EC2Region, inventory.Path);

    /// <summary>An Elastic IP and what it is associated with.</summary>
    /// <param name="publicIpOrAllocationId">An address or its id; null for the inventory's apex.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">ApexNotConfigured, ElasticIpNotFound, or an AWS error.</exception>
    public Task<ElasticIp> GetAsync(string? publicIpOrAllocationId, CancellationToken cancellationToken) =>
        Reader.GetAsync(publicIpOrAllocationId ?? ApexAddress(), cancellationToken);

    /// <summary>Plans a move by reading only.</summary>
    /// <param name="publicIpOrAllocationId">An address or its id; null for the inventory's apex.</param>
    /// <param name="instanceId">The instance that shall have it.</param>
    /// <param name="allowReassociation">Whether the address may be taken from what has it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">ApexNotConfigured, ElasticIpNotFound, InstanceNotFound, or an AWS error.</exception>
    public Task<ElasticIpMovePlan> PlanMoveAsync(
        string? publicIpOrAllocationId, string instanceId, bool allowReassociation, CancellationToken cancellationToken) =>
        new ElasticIpMovePlanner(aws.EC2, Reader, time).PlanAsync(
            publicIpOrAllocationId ?? ApexAddress(), instanceId, allowReassociation, aws.EC2Region, inventory.Aws.EndpointUrl, cancellationToken);

    /// <summary>Carries a plan out. What went wrong after the beginning is in the result.</summary>
    /// <exception cref="HostingException">ElasticIpBusy, StateUnavailable, StateCorrupt, or an AWS error: nothing was changed.</exception>
    public Task<ElasticIpMoveResult> MoveAsync(ElasticIpMovePlan plan, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var reader = Reader;
        return new ElasticIpMover(
            aws.EC2, reader, new ElasticIpProver(reader, reporter, time), new ApexJournal(state()), new OperationLock(state()), reporter, time)
            .MoveAsync(plan, options, cancellationToken);
    }

    /// <summary>
    /// The way to ask an address, or null when nobody would answer for it: it is not the apex's, the inventory has no redirected
    /// site to ask for, or EC2 is a rehearsal and nothing says where the address is answered; the real one is never asked then.
    /// </summary>
    /// <param name="publicIp">The address.</param>
    /// <param name="connectTo">By <c>address:port</c>: where connections go instead of where the inventory leads them.</param>
    public IElasticIpProbe? ProbeFor(string publicIp, IReadOnlyDictionary<string, string> connectTo)
    {
        ArgumentNullException.ThrowIfNull(connectTo);
        var routes = new ApexRoutes(inventory.Apex, connectTo, aws.IsEC2OnLoopback);
        return inventory.Apex?.ElasticIp == publicIp
            && inventory.Sites.FirstOrDefault(static site => site.ApexRedirect) is { } site
            && routes.LeadTo(IPAddress.Parse(publicIp), 80)
            ? new RedirectorProbe(site, site.Domain, routes, QuestionTimeout, reporter, time, site.HostName)
            : null;
    }

    private string ApexAddress() => inventory.Apex?.ElasticIp ?? throw new HostingException(
        ErrorIds.ApexNotConfigured,
        HostingErrorCategory.ObjectNotFound,
        inventory.Path,
        "The inventory has no 'apex' section, so that it is not known which Elastic IP is meant.",
        "Add 'apex: { elasticIp: ... }' to the inventory, or name the address with -PublicIp or -AllocationId.");
}
