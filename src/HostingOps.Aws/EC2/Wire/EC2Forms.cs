using Amazon.EC2.Model;
using HostingOps.Aws.Wire;

namespace Amazon.EC2.Wire;

/// <summary>Writes requests as the form of EC2's query protocol.</summary>
internal static class EC2Forms
{
    public static void Filter(QueryForm form, Filter r)
    {
        form.Add("Name", r.Name);
        form.AddList("Value", r.Values);
    }

    public static void DescribeAddressesRequest(QueryForm form, DescribeAddressesRequest r)
    {
        form.AddList("AllocationId", r.AllocationIds);
        form.Add("DryRun", r.DryRun);
        form.AddList("Filter", r.Filters, Filter);
        form.AddList("PublicIp", r.PublicIps);
    }

    public static void AssociateAddressRequest(QueryForm form, AssociateAddressRequest r)
    {
        form.Add("AllocationId", r.AllocationId);
        form.Add("AllowReassociation", r.AllowReassociation);
        form.Add("DryRun", r.DryRun);
        form.Add("InstanceId", r.InstanceId);
        form.Add("NetworkInterfaceId", r.NetworkInterfaceId);
        form.Add("PrivateIpAddress", r.PrivateIpAddress);
        form.Add("PublicIp", r.PublicIp);
    }

    public static void DisassociateAddressRequest(QueryForm form, DisassociateAddressRequest r)
    {
        form.Add("AssociationId", r.AssociationId);
        form.Add("DryRun", r.DryRun);
        form.Add("PublicIp", r.PublicIp);
    }

    public static void DescribeInstancesRequest(QueryForm form, DescribeInstancesRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("Filter", r.Filters, Filter);
        form.AddList("InstanceId", r.InstanceIds);
        form.Add("MaxResults", r.MaxResults);
        form.Add("NextToken", r.NextToken);
    }

    public static void DescribeInstanceStatusRequest(QueryForm form, DescribeInstanceStatusRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("Filter", r.Filters, Filter);
        form.Add("IncludeAllInstances", r.IncludeAllInstances);
        form.AddList("InstanceId", r.InstanceIds);
        form.Add("MaxResults", r.MaxResults);
        form.Add("NextToken", r.NextToken);
    }

    public static void Tag(QueryForm form, Tag r)
    {
        form.Add("Key", r.Key);
        form.Add("Value", r.Value);
    }

    public static void TerminateInstancesRequest(QueryForm form, TerminateInstancesRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("InstanceId", r.InstanceIds);
    }

    public static void CreateTagsRequest(QueryForm form, CreateTagsRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("ResourceId", r.Resources);
        form.AddList("Tag", r.Tags, Tag);
    }

    public static void DescribeImagesRequest(QueryForm form, DescribeImagesRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("ExecutableBy", r.ExecutableUsers);
        form.AddList("Filter", r.Filters, Filter);
        form.AddList("ImageId", r.ImageIds);
        form.Add("IncludeDeprecated", r.IncludeDeprecated);
        form.Add("IncludeDisabled", r.IncludeDisabled);
        form.Add("MaxResults", r.MaxResults);
        form.Add("NextToken", r.NextToken);
        form.AddList("Owner", r.Owners);
    }

    public static void DescribeAvailabilityZonesRequest(QueryForm form, DescribeAvailabilityZonesRequest r)
    {
        form.Add("AllAvailabilityZones", r.AllAvailabilityZones);
        form.Add("DryRun", r.DryRun);
        form.AddList("Filter", r.Filters, Filter);
        form.AddList("ZoneId", r.ZoneIds);
        form.AddList("ZoneName", r.ZoneNames);
    }

    public static void DescribeSubnetsRequest(QueryForm form, DescribeSubnetsRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.AddList("Filter", r.Filters, Filter);
        form.Add("MaxResults", r.MaxResults);
        form.Add("NextToken", r.NextToken);
        form.AddList("SubnetId", r.SubnetIds);
    }

    public static void GetConsoleOutputRequest(QueryForm form, GetConsoleOutputRequest r)
    {
        form.Add("DryRun", r.DryRun);
        form.Add("InstanceId", r.InstanceId);
        form.Add("Latest", r.Latest);
    }
}
