using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace HostingOps.Engine.Aws;

/// <summary>EC2's paged listings as streams: page after page, as they are asked for. An empty page is not the end; a missing token is.</summary>
internal static class EC2Listing
{
    // EC2 takes 5 to 1,000. It throttles unpaged listings sooner than paged ones.
    private const int PageSize = 1000;

    /// <summary>Instances that fit the filters; every instance when there are none.</summary>
    public static IAsyncEnumerable<Instance> InstancesAsync(this IAmazonEC2 ec2, IEnumerable<Filter> filters, CancellationToken cancellationToken) => PagesAsync<Instance>(
        async (token, stop) =>
        {
            var answer = await ec2.DescribeInstancesAsync(
                new DescribeInstancesRequest { Filters = [.. filters], MaxResults = PageSize, NextToken = token }, stop).ConfigureAwait(false);
            return ((answer.Reservations ?? []).SelectMany(static reservation => reservation.Instances ?? []), answer.NextToken);
        },
        "ec2:DescribeInstances",
        cancellationToken);

    /// <summary>Images of an owner that fit the filters.</summary>
    public static IAsyncEnumerable<Image> ImagesAsync(this IAmazonEC2 ec2, string ownerId, IEnumerable<Filter> filters, CancellationToken cancellationToken) => PagesAsync<Image>(
        async (token, stop) =>
        {
            var answer = await ec2.DescribeImagesAsync(
                new DescribeImagesRequest { Owners = [ownerId], Filters = [.. filters], MaxResults = PageSize, NextToken = token }, stop).ConfigureAwait(false);
            return (answer.Images ?? [], answer.NextToken);
        },
        "ec2:DescribeImages",
        cancellationToken);

    /// <summary>Status checks of the instances that fit the filters, those included that do not run.</summary>
    public static IAsyncEnumerable<InstanceStatus> InstanceStatusesAsync(this IAmazonEC2 ec2, IEnumerable<Filter> filters, CancellationToken cancellationToken) => PagesAsync<InstanceStatus>(
        async (token, stop) =>
        {
            var answer = await ec2.DescribeInstanceStatusAsync(
                new DescribeInstanceStatusRequest { Filters = [.. filters], IncludeAllInstances = true, MaxResults = PageSize, NextToken = token }, stop).ConfigureAwait(false);
            return (answer.InstanceStatuses ?? [], answer.NextToken);
        },
        "ec2:DescribeInstanceStatus",
        cancellationToken);

    private static async IAsyncEnumerable<T> PagesAsync<T>(
        Func<string?, CancellationToken, Task<(IEnumerable<T> Items, string? Next)>> ask, string action, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var (items, next) = await EC2Call.AsAsync(action, null, () => ask(token, cancellationToken)).ConfigureAwait(false);
            foreach (var item in items)
            {
                yield return item;
            }

            token = string.IsNullOrEmpty(next) ? null : next;
        }
        while (token is not null);
    }
}
