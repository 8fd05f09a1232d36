using Amazon.EC2.Model;
using HostingOps.Aws.Wire;

namespace Amazon.EC2.Wire;

/// <summary>Writes a launch as the form of EC2's query protocol.</summary>
internal static class EC2LaunchForms
{
    public static void EbsBlockDevice(QueryForm form, EbsBlockDevice r)
    {
        form.Add("DeleteOnTermination", r.DeleteOnTermination);
        form.Add("Encrypted", r.Encrypted);
        form.Add("Iops", r.Iops);
        form.Add("KmsKeyId", r.KmsKeyId);
        form.Add("SnapshotId", r.SnapshotId);
        form.Add("Throughput", r.Throughput);
        form.Add("VolumeSize", r.VolumeSize);
        form.Add("VolumeType", r.VolumeType?.Value);
    }

    public static void BlockDeviceMapping(QueryForm form, BlockDeviceMapping r)
    {
        form.Add("DeviceName", r.DeviceName);
        form.AddNested("Ebs", r.Ebs, EbsBlockDevice);
        form.Add("NoDevice", r.NoDevice);
        form.Add("VirtualName", r.VirtualName);
    }

    public static void CreditSpecificationRequest(QueryForm form, CreditSpecificationRequest r)
    {
        form.Add("CpuCredits", r.CpuCredits);
    }

    public static void IamInstanceProfileSpecification(QueryForm form, IamInstanceProfileSpecification r)
    {
        form.Add("Arn", r.Arn);
        form.Add("Name", r.Name);
    }

    public static void LaunchTemplateSpecification(QueryForm form, LaunchTemplateSpecification r)
    {
        form.Add("LaunchTemplateId", r.LaunchTemplateId);
        form.Add("LaunchTemplateName", r.LaunchTemplateName);
        form.Add("Version", r.Version);
    }

    public static void InstanceMetadataOptionsRequest(QueryForm form, InstanceMetadataOptionsRequest r)
    {
        form.Add("HttpEndpoint", r.HttpEndpoint?.Value);
        form.Add("HttpProtocolIpv6", r.HttpProtocolIpv6?.Value);
        form.Add("HttpPutResponseHopLimit", r.HttpPutResponseHopLimit);
        form.Add("HttpTokens", r.HttpTokens?.Value);
        form.Add("InstanceMetadataTags", r.InstanceMetadataTags?.Value);
    }

    public static void InstanceNetworkInterfaceSpecification(QueryForm form, InstanceNetworkInterfaceSpecification r)
    {
        form.Add("AssociatePublicIpAddress", r.AssociatePublicIpAddress);
        form.Add("DeleteOnTermination", r.DeleteOnTermination);
        form.Add("Description", r.Description);
        form.Add("DeviceIndex", r.DeviceIndex);
        form.AddList("SecurityGroupId", r.Groups);
        form.Add("Ipv6AddressCount", r.Ipv6AddressCount);
        form.Add("NetworkInterfaceId", r.NetworkInterfaceId);
        form.Add("PrivateIpAddress", r.PrivateIpAddress);
        form.Add("SubnetId", r.SubnetId);
    }

    public static void Placement(QueryForm form, Placement r)
    {
        form.Add("Affinity", r.Affinity);
        form.Add("AvailabilityZone", r.AvailabilityZone);
        form.Add("AvailabilityZoneId", r.AvailabilityZoneId);
        form.Add("GroupId", r.GroupId);
        form.Add("GroupName", r.GroupName);
        form.Add("HostId", r.HostId);
        form.Add("PartitionNumber", r.PartitionNumber);
    }

    public static void TagSpecification(QueryForm form, TagSpecification r)
    {
        form.Add("ResourceType", r.ResourceType?.Value);
        form.AddList("Tag", r.Tags, EC2Forms.Tag);
    }

    public static void RunInstancesRequest(QueryForm form, RunInstancesRequest r)
    {
        form.AddList("BlockDeviceMapping", r.BlockDeviceMappings, BlockDeviceMapping);
        form.Add("ClientToken", r.ClientToken);
        form.AddNested("CreditSpecification", r.CreditSpecification, CreditSpecificationRequest);
        form.Add("DisableApiTermination", r.DisableApiTermination);
        form.Add("DryRun", r.DryRun);
        form.Add("EbsOptimized", r.EbsOptimized);
        form.AddNested("IamInstanceProfile", r.IamInstanceProfile, IamInstanceProfileSpecification);
        form.Add("ImageId", r.ImageId);
        form.Add("InstanceInitiatedShutdownBehavior", r.InstanceInitiatedShutdownBehavior?.Value);
        form.Add("InstanceType", r.InstanceType?.Value);
        form.Add("Ipv6AddressCount", r.Ipv6AddressCount);
        form.Add("KeyName", r.KeyName);
        form.AddNested("LaunchTemplate", r.LaunchTemplate, LaunchTemplateSpecification);
        form.Add("MaxCount", r.MaxCount);
        form.AddNested("MetadataOptions", r.MetadataOptions, InstanceMetadataOptionsRequest);
        form.Add("MinCount", r.MinCount);
        form.Add("Monitoring.Enabled", r.Monitoring);
        form.AddList("NetworkInterface", r.NetworkInterfaces, InstanceNetworkInterfaceSpecification);
        form.AddNested("Placement", r.Placement, Placement);
        form.Add("PrivateIpAddress", r.PrivateIpAddress);
        form.AddList("SecurityGroupId", r.SecurityGroupIds);
        form.AddList("SecurityGroup", r.SecurityGroups);
        form.Add("SubnetId", r.SubnetId);
        form.AddList("TagSpecification", r.TagSpecifications, TagSpecification);
        form.Add("UserData", r.UserData);
    }
}
