using System.Net;
using Amazon.Route53;
using Amazon.Route53.Model;
using Amazon.Runtime;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Dns;

/// <summary>
/// One zone in memory, as strict about DELETE and CREATE as Route 53, whose every write can be met by a script: others who write
/// just before it, answers that get lost, refusals. What two machines and a bad network do in one unlucky order.
/// </summary>
internal sealed class ScriptedRoute53 : IAmazonRoute53
{
    private readonly List<ResourceRecordSet> sets = [];

    /// <summary>Writes so far, the one under way included.</summary>
    public int Writes { get; private set; }

    /// <summary>Is run with the number of each write before it is looked at; may throw.</summary>
    public Action<int> BeforeWrite { get; set; } = static _ => { };

    /// <summary>Is run with the number of each write that was carried out, before its answer; may throw.</summary>
    public Action<int> AfterWrite { get; set; } = static _ => { };

    /// <summary>Is run before each reading; may throw.</summary>
    public Action BeforeRead { get; set; } = static () => { };

    public IClientConfig Config => throw new NotSupportedException();

    public static ClientConfig CreateDefaultClientConfig() => throw new NotSupportedException();

    public static IAmazonService CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) => throw new NotSupportedException();

    /// <summary>A connection that broke, as the SDK reports it.</summary>
    public static Exception ConnectionLost() => new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");

    /// <summary>The answer to a caller whose rights were taken away.</summary>
    public static Exception Denied() =>
        new AmazonRoute53Exception("not authorized", ErrorType.Sender, "AccessDenied", "request-1", HttpStatusCode.Forbidden);

    /// <summary>The A record's address of a name, or null.</summary>
    public string? AddressOf(string name) => Find(name + ".", "A")?.ResourceRecords?[0].Value;

    /// <summary>Writes an A record as somebody who knows nothing of HostingOps.</summary>
    public void SetAddress(string name, string address, long ttl = 60)
    {
        sets.RemoveAll(set => set.Name == name + "." && set.Type == RRType.A);
        sets.Add(new ResourceRecordSet { Name = name + ".", Type = RRType.A, TTL = ttl, ResourceRecords = [new ResourceRecord { Value = address }] });
    }

    /// <summary>All record sets, as our reader gives them.</summary>
    public IReadOnlyList<DnsRecordSet> Records() => [.. sets.Select(RecordSetMapping.FromRoute53)];

    /// <summary>Writes record sets as somebody who knows nothing of HostingOps.</summary>
    public void Add(params DnsRecordSet[] more) => sets.AddRange(more.Select(RecordSetMapping.ToRoute53));

    /// <summary>Carries a batch out as another client would: all or none.</summary>
    public void Apply(ChangeBatch batch)
    {
        var next = sets.ToList();
        foreach (var change in batch.Changes ?? [])
        {
            var wanted = change.ResourceRecordSet;
            var there = next.Find(set => set.Name == wanted.Name && set.Type == wanted.Type && set.SetIdentifier == wanted.SetIdentifier);
            if (change.Action == ChangeAction.DELETE)
            {
                Refuse(there is null || !Same(there, wanted), $"Tried to delete {wanted.Name} {wanted.Type}, but it does not match.");
            }
            else if (change.Action == ChangeAction.CREATE)
            {
                Refuse(there is not null, $"Tried to create {wanted.Name} {wanted.Type}, but it is there.");
            }

            next.Remove(there!);
            if (change.Action != ChangeAction.DELETE)
            {
                next.Add(wanted);
            }
        }

        sets.Clear();
        sets.AddRange(next);
    }

    public Task<ChangeResourceRecordSetsResponse> ChangeResourceRecordSetsAsync(ChangeResourceRecordSetsRequest request, CancellationToken cancellationToken = default) =>
        Answer(() => Change(request));

    public Task<ListResourceRecordSetsResponse> ListResourceRecordSetsAsync(ListResourceRecordSetsRequest request, CancellationToken cancellationToken = default) =>
        Answer(() => List(request));

    public Task<ListHostedZonesResponse> ListHostedZonesAsync(ListHostedZonesRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListHostedZonesResponse> ListHostedZonesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(ListHostedZonesByNameRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListHostedZonesByNameResponse> ListHostedZonesByNameAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetHostedZoneResponse> GetHostedZoneAsync(GetHostedZoneRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GetHostedZoneResponse { HostedZone = new HostedZone { Id = request.Id, Name = "sites.example.net.", ResourceRecordSetCount = sets.Count } });

    public Task<CreateHostedZoneResponse> CreateHostedZoneAsync(CreateHostedZoneRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DeleteHostedZoneResponse> DeleteHostedZoneAsync(DeleteHostedZoneRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetChangeResponse> GetChangeAsync(GetChangeRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GetChangeResponse { ChangeInfo = new ChangeInfo { Id = request.Id, Status = ChangeStatus.INSYNC } });

    public Task<GetHealthCheckStatusResponse> GetHealthCheckStatusAsync(GetHealthCheckStatusRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<GetHealthCheckResponse> GetHealthCheckAsync(GetHealthCheckRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListHealthChecksResponse> ListHealthChecksAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ListHealthChecksResponse> ListHealthChecksAsync(ListHealthChecksRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CreateHealthCheckResponse> CreateHealthCheckAsync(CreateHealthCheckRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static async Task<T> Answer<T>(Func<T> work)
    {
        await Task.Yield();
        return work();
    }

    private ChangeResourceRecordSetsResponse Change(ChangeResourceRecordSetsRequest request)
    {
        var number = ++Writes;
        BeforeWrite(number);
        Apply(request.ChangeBatch);
        AfterWrite(number);
        return new ChangeResourceRecordSetsResponse { ChangeInfo = new ChangeInfo { Id = $"C{number}", Status = ChangeStatus.PENDING } };
    }

    private ListResourceRecordSetsResponse List(ListResourceRecordSetsRequest request)
    {
        BeforeRead();
        return new ListResourceRecordSetsResponse
        {
            ResourceRecordSets = [.. sets.Where(set => request.StartRecordName is null || set.Name == request.StartRecordName)],
            IsTruncated = false,
        };
    }

    private ResourceRecordSet? Find(string name, string type) => sets.Find(set => set.Name == name && set.Type == type);

    private static bool Same(ResourceRecordSet left, ResourceRecordSet right) =>
        Values(left).SequenceEqual(Values(right)) && RecordSetMapping.FromRoute53(left).Equals(RecordSetMapping.FromRoute53(right));

    private static IEnumerable<string> Values(ResourceRecordSet set) => (set.ResourceRecords ?? []).Select(static record => record.Value);

    private static void Refuse(bool when, string why)
    {
        if (when)
        {
            throw new InvalidChangeBatchException(why) { Messages = [why] };
        }
    }
}
