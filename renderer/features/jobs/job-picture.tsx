import { Center, Image } from '@mantine/core'
import { IconCube } from '@tabler/icons-react'
import type { Job } from '../../../shared/contract/jobs'
import { useBlobUrl } from '../../client/blob-image'

/** The picture that the job was made with, or a mark in its place. */
export function JobPicture({ job, size }: { readonly job: Job; readonly size: number }) {
  const url = useBlobUrl(job.thumbnailSha256)
  if (url !== undefined) return <Image src={url} alt="" w={size} h={size} fit="contain" radius="sm" />
  return (
    <Center w={size} h={size} bg="var(--studio-sunken)" style={{ borderRadius: 'var(--mantine-radius-sm)' }}>
      <IconCube size={size / 2} stroke={1.2} color="var(--mantine-color-dimmed)" aria-hidden />
    </Center>
  )
}
