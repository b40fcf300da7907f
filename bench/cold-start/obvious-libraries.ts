/** The libraries of our functions as their own documentation imports them, all at the start. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AppsV1Api, BatchV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import axios from 'axios';
import { z } from 'zod';

/** Exported, so that no bundler drops them. */
export const libraries: readonly unknown[] = [
  ...[EKSClient, DescribeClusterCommand, S3Client, GetObjectCommand, PutObjectCommand],
  ...[SSMClient, GetParameterCommand, STSClient, AssumeRoleCommand],
  ...[KubeConfig, AppsV1Api, BatchV1Api, CoreV1Api],
  ...[axios, Logger, Metrics, z],
];
