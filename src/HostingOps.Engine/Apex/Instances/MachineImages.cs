using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Instances;

/// <summary>Finds images by owner and name, without the Systems Manager parameters that not everybody may read.</summary>
internal sealed class MachineImages(IAmazonEC2 ec2, TimeProvider time)
{
    /// <summary>The image asked for: <c>ami-…</c> itself, or the newest of a family, for the type's architecture.</summary>
    /// <param name="imageOrFamily">An id, a family's name, or null for the default family.</param>
    /// <param name="instanceType">The type that will run it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="HostingException">ImageNotFound, InvalidArgument, or an AWS error.</exception>
    public Task<MachineImage> FindAsync(string? imageOrFamily, string instanceType, CancellationToken cancellationToken) =>
        imageOrFamily is not null && imageOrFamily.StartsWith("ami-", StringComparison.Ordinal)
            ? ByIdAsync(imageOrFamily, instanceType, cancellationToken)
            : NewestAsync(imageOrFamily is null ? MachineImageFamily.Default : MachineImageFamily.Named(imageOrFamily), instanceType, cancellationToken);

    /// <summary>The newest image of a family that is available and not deprecated.</summary>
    /// <exception cref="HostingException">ImageNotFound, InvalidArgument, or an AWS error.</exception>
    public async Task<MachineImage> NewestAsync(MachineImageFamily family, string instanceType, CancellationToken cancellationToken)
    {
        var architecture = InstanceTypeArchitecture.Of(instanceType);
        var pattern = family.PatternFor(architecture);
        Filter[] filters =
        [
            new("name", [pattern]),
            new("architecture", [architecture]),
            new("state", ["available"]),
            new("root-device-type", ["ebs"]),
            new("virtualization-type", ["hvm"]),
        ];
        var now = time.GetUtcNow();
        MachineImage? newest = null;
        await foreach (var image in ec2.ImagesAsync(family.OwnerId, filters, cancellationToken).ConfigureAwait(false))
        {
            // The filters have said so already; an image runs with our keys, so that it is looked at once more.
            if (image.OwnerId != family.OwnerId || !CanLaunch(image, architecture, now))
            {
                continue;
            }

            var found = From(image);
            if (newest is null || found.CreatedAt > newest.CreatedAt
                || (found.CreatedAt == newest.CreatedAt && string.CompareOrdinal(found.Name, newest.Name) > 0))
            {
                newest = found;
            }
        }

        return newest ?? throw new HostingException(
            ErrorIds.ImageNotFound,
            HostingErrorCategory.ObjectNotFound,
            family.Name,
            $"Account {family.OwnerId} publishes no available image '{pattern}' for {architecture} in this region.",
            "Outside the standard AWS partition the publishers have other accounts: name the image by its id (ami-...).");
    }

    private async Task<MachineImage> ByIdAsync(string imageId, string instanceType, CancellationToken cancellationToken)
    {
        var architecture = InstanceTypeArchitecture.Of(instanceType);
        var answer = await EC2Call.AsAsync(
            "ec2:DescribeImages",
            imageId,
            () => ec2.DescribeImagesAsync(new DescribeImagesRequest { ImageIds = [imageId] }, cancellationToken)).ConfigureAwait(false);
        var image = answer.Images?.Find(candidate => candidate.ImageId == imageId) ?? throw new HostingException(
            ErrorIds.ImageNotFound,
            HostingErrorCategory.ObjectNotFound,
            imageId,
            $"There is no image {imageId} that this account may use in this region.",
            "Image ids differ from region to region; check the id and the region.");

        // Named by its id, a deprecated image is somebody's choice.
        return image.State == ImageState.Available && image.Architecture?.Value == architecture ? From(image) : throw new HostingException(
            ErrorIds.ImageNotFound,
            HostingErrorCategory.InvalidArgument,
            imageId,
            $"Image {imageId} is {image.State?.Value} and for {image.Architecture?.Value}; {instanceType} needs one that is available and for {architecture}.");
    }

    private static bool CanLaunch(Image image, string architecture, DateTimeOffset now) =>
        image is { ImageId: not null, Name: not null }
        && image.State == ImageState.Available
        && image.Architecture?.Value == architecture
        && (string.IsNullOrEmpty(image.DeprecationTime) || Time(image.DeprecationTime) > now);

    private static MachineImage From(Image image) => new(
        image.ImageId!, image.Name ?? "", image.OwnerId ?? "", image.Architecture!.Value, image.RootDeviceName, Time(image.CreationDate));

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;
}
