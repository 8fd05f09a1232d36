using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What all requests to EC2 have in common.</summary>
public abstract class AmazonEC2Request : AmazonWebServiceRequest;
