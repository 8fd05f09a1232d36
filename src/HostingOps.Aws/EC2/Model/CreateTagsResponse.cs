using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>CreateTags answers nothing but success.</summary>
public sealed class CreateTagsResponse : AmazonWebServiceResponse;
